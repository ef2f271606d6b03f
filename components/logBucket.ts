import * as pulumi from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";
import { logBucketProblems } from "./checks/componentArgs";
import { refuse } from "./checks/validate";
import { whenDenied } from "./pulumi/deniedHook";
import { LogKeyArgs, logKey, logProject, logBucketDenial } from "./logs/logAccess";
import { logConnection, scalewayEndpoint } from "./logs/logConnection";
import { ColdStorageArgs, DEFAULT_RETENTION, lifecycleRules, Retention } from "./logs/logLifecycle";

/** A bucket that exists already, at Scaleway or on any other server that speaks S3. */
export interface ExistingBucketArgs extends LogKeyArgs {
  /** Address of the server, for example `https://cellar-c2.services.clever-cloud.com`. */
  readonly endpoint: string;
  /** The region that requests are signed for; where the server has none, what it documents, such as `us-east-1`. */
  readonly region: string;
  /** Name of the bucket. */
  readonly name: string;
}

/** Where task logs are, for how long, and with which key they are written. */
export interface LogSettingsArgs {
  /** Days after which logs are deleted, or `forever`. Default 90. */
  readonly retention?: Retention;
  /** When logs move to a storage class that costs less. Default: never. */
  readonly coldStorage?: ColdStorageArgs;
  /** Whether versions that were replaced or deleted stay for 7 days. Default false. */
  readonly versioning?: boolean;
  /**
   * Id of the project that holds the bucket. The key can reach every bucket in it. Default: a new project for the
   * bucket alone, or that of the provider when `key` is given. Another project recreates the bucket.
   */
  readonly projectId?: pulumi.Input<string>;
  /** A key that can list, read and write objects in that project. Default: a new one, which can do nothing else. */
  readonly key?: LogKeyArgs;
  /** A bucket that exists already: then no bucket and no key are made, and how long logs stay is up to its owner. */
  readonly existingBucket?: ExistingBucketArgs;
}

/** Arguments of a `LogBucket`. */
export interface LogBucketArgs extends LogSettingsArgs {
  /** Name of the bucket, unique among all of Scaleway, for example `lvao-preprod-airflow`. */
  readonly bucketName: string;
  /** Generation of the key. Raise it by one to rotate: the former key goes once all that used it has the new one. Default 1. */
  readonly keyGeneration?: number;
  /** Whether destroying the bucket deletes the logs in it. Default false: a bucket that is not empty stays. */
  readonly forceDestroy?: boolean;
  /** Tags of the bucket and, as `key:value`, of the application and the policy that its key belongs to. */
  readonly tags?: Record<string, pulumi.Input<string>>;
}

/** A private, encrypted bucket for task logs, with a key that opens no other, and the Airflow connection that uses it. */
export class LogBucket extends pulumi.ComponentResource {
  /** Name of the bucket. */
  readonly bucketName: pulumi.Output<string>;
  /** Id of the bucket's Scaleway project; undefined for a bucket that existed already. */
  readonly projectId: pulumi.Output<string | undefined>;
  /** Where Airflow keeps task logs, as `s3://bucket`. */
  readonly remoteLogFolder: pulumi.Output<string>;
  /** The `s3logs` connection as JSON, for `AIRFLOW_CONN_S3LOGS`. Secret. */
  readonly connection: pulumi.Output<string>;

  /** @throws `pulumi.InputPropertiesError` that names every argument at fault, before anything is registered. */
  constructor(name: string, args: LogBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse("LogBucket", logBucketProblems(args));
    super("pulumi-scaleway-airflow:index:LogBucket", name, withSecretKeys(args), opts);
    const store = args.existingBucket ?? newBucket(name, args, this);

    this.bucketName = pulumi.output(store.name);
    this.projectId = pulumi.output("projectId" in store ? store.projectId : undefined);
    this.remoteLogFolder = pulumi.interpolate`s3://${this.bucketName}`;
    const { accessKey, secretKey, endpoint, region } = store;
    this.connection = pulumi.secret(
      pulumi
        .all([accessKey, secretKey, endpoint, region])
        .apply(([accessKey, secretKey, endpoint, region]) =>
          logConnection({ accessKey, secretKey, endpoint, region }),
        ),
    );
    this.registerOutputs({
      bucketName: this.bucketName,
      projectId: this.projectId,
      remoteLogFolder: this.remoteLogFolder,
      connection: this.connection,
    });
  }
}

/** Component arguments are kept in the state, so what is secret must be so before it gets there. */
export function withSecretKeys(args: LogSettingsArgs): pulumi.Inputs {
  const hidden = (key?: LogKeyArgs) => key && { ...key, secretKey: pulumi.secret(key.secretKey) };
  return { ...args, key: hidden(args.key), existingBucket: hidden(args.existingBucket) };
}

/** A new bucket and its key. Nobody learns its name, so nothing is written, before it is private and encrypted. */
function newBucket(name: string, args: LogBucketArgs, parent: LogBucket) {
  const { bucketName, tags = {}, keyGeneration: generation = 1 } = args;
  const hooks = whenDenied(`${name}-denied`, logBucketDenial(bucketName));
  const child = { parent, hooks };
  const ownProject =
    (args.projectId ?? args.key) ? undefined : logProject(name, { bucketName, tags }, child);
  const bucket = objectBucket(
    name,
    { ...args, projectId: ownProject?.id ?? args.projectId },
    child,
  );
  const guards = closed(name, bucket, child);
  const access = { bucketName, tags, projectId: bucket.projectId, generation };
  const key = args.key ?? logKey(name, access, child);
  const region = bucket.region.apply((known) => known ?? "");
  return {
    name: pulumi.all([bucket.name, ...guards.map(({ urn }) => urn)]).apply(([known]) => known!),
    projectId: bucket.projectId,
    endpoint: region.apply(scalewayEndpoint),
    region,
    accessKey: key.accessKey,
    secretKey: key.secretKey,
  };
}

function objectBucket(name: string, args: LogBucketArgs, opts: pulumi.CustomResourceOptions) {
  const { retention = DEFAULT_RETENTION, coldStorage, versioning = false } = args;
  return new scaleway.object.Bucket(
    `${name}-bucket`,
    {
      name: args.bucketName,
      projectId: args.projectId,
      lifecycleRules: lifecycleRules({ retention, coldStorage, versioning }),
      versioning: { enabled: versioning },
      forceDestroy: args.forceDestroy ?? false,
      tags: args.tags,
    },
    opts,
  );
}

/** Makes a bucket private and has everything in it encrypted, with keys that Scaleway manages. */
function closed(
  name: string,
  { id, name: bucket, projectId, region }: scaleway.object.Bucket,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  return [
    new scaleway.object.BucketAcl(`${name}-acl`, { bucket: id, acl: "private", projectId }, opts),
    new scaleway.object.BucketServerSideEncryptionConfiguration(
      `${name}-encryption`,
      {
        bucket,
        projectId,
        region,
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
      },
      opts,
    ),
  ];
}
