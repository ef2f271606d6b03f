import * as pulumi from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";
import { logBucketProblems } from "./checks/componentArgs";
import { refuse } from "./checks/validate";

/** Arguments of a `LogBucket`. */
export interface LogBucketArgs {
  /** Name of the bucket, unique among all of Scaleway, for example `lvao-preprod-airflow`. */
  readonly bucketName: string;
  /** Whether destroying the bucket deletes the logs in it. Default false: a bucket that is not empty stays. */
  readonly forceDestroy?: boolean;
  /** Generation of the key. Raise it by one to rotate: the former key goes once all that used it has the new one. Default 1. */
  readonly keyGeneration?: number;
  /** Tags of the bucket and, as `key:value`, of the application and the policy that its key belongs to. */
  readonly tags?: Record<string, pulumi.Input<string>>;
}

/** A private bucket for task logs, with a key of its own and the Airflow connection that uses it. */
export class LogBucket extends pulumi.ComponentResource {
  /** Name of the bucket. */
  readonly bucketName: pulumi.Output<string>;
  /** Where Airflow keeps task logs, as `s3://bucket`. */
  readonly remoteLogFolder: pulumi.Output<string>;
  /** The `s3logs` connection as JSON, for `AIRFLOW_CONN_S3LOGS`. Secret. */
  readonly connection: pulumi.Output<string>;

  /** @throws `pulumi.InputPropertiesError` that names every argument at fault, before anything is registered. */
  constructor(name: string, args: LogBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse("LogBucket", logBucketProblems(args));
    super("pulumi-scaleway-airflow:index:LogBucket", name, args, opts);

    const bucket = new scaleway.object.Bucket(
      `${name}-bucket`,
      {
        name: args.bucketName,
        forceDestroy: args.forceDestroy ?? false,
        tags: args.tags,
      },
      { parent: this },
    );
    const acl = new scaleway.object.BucketAcl(
      `${name}-acl`,
      { bucket: bucket.id, acl: "private", projectId: bucket.projectId },
      { parent: this },
    );
    // There is no key, so nothing is written, before the bucket is private.
    const key = logKey(name, args.keyGeneration ?? 1, bucket, tagTexts(args.tags), {
      parent: this,
      dependsOn: acl,
    });

    this.bucketName = bucket.name;
    this.remoteLogFolder = pulumi.interpolate`s3://${this.bucketName}`;
    this.connection = pulumi.secret(
      pulumi
        .all([key.accessKey, key.secretKey, bucket.region])
        .apply(([accessKey, secretKey, region]) =>
          logConnection({ accessKey, secretKey, region: region ?? "" }),
        ),
    );
    this.registerOutputs({
      bucketName: this.bucketName,
      remoteLogFolder: this.remoteLogFolder,
      connection: this.connection,
    });
  }
}

/** What the `s3logs` connection is made of. */
export interface LogConnection {
  readonly accessKey: string;
  readonly secretKey: string;
  /** Scaleway region, for example `fr-par`. */
  readonly region: string;
}

/**
 * The JSON of an Airflow connection to Scaleway's object storage. boto3 adds checksums to every request since 1.36,
 * which not every S3 server takes; here they are sent only where the operation requires one.
 */
export function logConnection({ accessKey, secretKey, region }: LogConnection): string {
  return JSON.stringify({
    conn_type: "aws",
    login: accessKey,
    password: secretKey,
    extra: {
      endpoint_url: `https://s3.${region}.scw.cloud`,
      region_name: region,
      config_kwargs: {
        request_checksum_calculation: "when_required",
        response_checksum_validation: "when_required",
      },
    },
  });
}

function tagTexts(tags: Record<string, pulumi.Input<string>> = {}): pulumi.Output<string>[] {
  return Object.entries(tags).map(([key, value]) => pulumi.interpolate`${key}:${value}`);
}

/** A key that can list, read and write objects, and nothing else, in the bucket's project. */
function logKey(
  name: string,
  generation: number,
  bucket: scaleway.object.Bucket,
  tags: pulumi.Input<string>[],
  opts: pulumi.CustomResourceOptions,
): scaleway.iam.ApiKey {
  const application = new scaleway.iam.Application(
    `${name}-application`,
    {
      name: pulumi.interpolate`${bucket.name}-logs`,
      description: pulumi.interpolate`Writes and reads Airflow's task logs in ${bucket.name}`,
      tags,
    },
    opts,
  );
  const policy = new scaleway.iam.Policy(
    `${name}-policy`,
    {
      name: pulumi.interpolate`${bucket.name}-logs`,
      applicationId: application.id,
      tags,
      rules: [
        {
          projectIds: [bucket.projectId],
          permissionSetNames: [
            "ObjectStorageBucketsRead",
            "ObjectStorageObjectsRead",
            "ObjectStorageObjectsWrite",
          ],
        },
      ],
    },
    opts,
  );
  return new scaleway.iam.ApiKey(
    `${name}-key-${generation}`,
    {
      applicationId: application.id,
      // S3 requests made with a key act in the key's default project.
      defaultProjectId: bucket.projectId,
      description: pulumi.interpolate`Airflow's task logs in ${bucket.name}`,
    },
    // What is rotated must be able to go, also where all else is protected.
    { ...opts, dependsOn: policy, protect: false },
  );
}
