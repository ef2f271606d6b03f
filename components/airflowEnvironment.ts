import * as pulumi from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";
import { withSecretsHidden } from "./adopted";
import { deployAirflow, Platform, workingUrl } from "./airflow";
import { AirflowEnvironmentArgs } from "./airflowEnvironmentArgs";
import { AirflowObjects } from "./airflowObjects";
import { AirflowSecrets } from "./airflowSecrets";
import { validate } from "./checks/validate";
import { Database } from "./database";
import { downgradeOrder } from "./downgrade";
import { existingDatabase, withSecretPassword } from "./existing";
import { ownerMark, ownerTag } from "./leftovers/mark";
import { LogBucket, withSecretKeys } from "./logBucket";
import { resourceNames } from "./names";
import { fittingDeclaration, objectDeclaration } from "./variables/objectDeclaration";
import { packagedContext } from "./packagedContext";
import { secretGenerations } from "./rotation";
import { resolveSecrets } from "./secrets/secretManager";

/** The images of an environment, by reference with digest. */
export interface EnvironmentImages {
  /** The webserver's image. */
  readonly webserver: string;
  /** The image of the scheduler and of the dag-processor. */
  readonly scheduler: string;
}

/** A complete Airflow on Scaleway: containers, database, log bucket, registry, network, secrets and access. */
export class AirflowEnvironment extends pulumi.ComponentResource {
  /**
   * Address of the interface and of the API, as `https://…`. An update whose Airflow does not work fails here: when a
   * part of it is not healthy within three minutes after its container is ready, or a DAG file cannot be imported.
   * With `downgrade`, nothing of Airflow runs there.
   */
  readonly webserverUrl: pulumi.Output<string>;
  /** User name of the first account. */
  readonly adminUsername: pulumi.Output<string>;
  /** Password of the first account. Secret. */
  readonly adminPassword: pulumi.Output<string>;
  /** Name of the log bucket. */
  readonly bucketName: pulumi.Output<string>;
  /** Id of the log bucket's Scaleway project; undefined for a bucket that existed already. */
  readonly bucketProjectId: pulumi.Output<string | undefined>;
  /** Address and port of the database in the private network, as `address:port`. */
  readonly databaseEndpoint: pulumi.Output<string>;
  /** The database's public address and port, as `address:port`, if `database.publicAccess` gives it one. */
  readonly databasePublicEndpoint: pulumi.Output<string | undefined>;
  /** SQLAlchemy address of the database with user and password, reached from the private network. Secret. */
  readonly databaseUri: pulumi.Output<string>;
  /** The images that run, by reference with digest. */
  readonly images: pulumi.Output<EnvironmentImages>;
  /** Id of the container namespace, for containers of your own beside these. */
  readonly namespaceId: pulumi.Output<string>;
  /** Id of the private network. */
  readonly privateNetworkId: pulumi.Output<string>;
  /** Address of the registry namespace. */
  readonly registryEndpoint: pulumi.Output<string>;

  /** @throws `pulumi.InputPropertiesError` that names every argument at fault, before anything is registered. */
  constructor(name: string, args: AirflowEnvironmentArgs, opts?: pulumi.ComponentResourceOptions) {
    const { registrySecretKey, context = packagedContext(), ...plain } = args;
    const { environment } = args;
    const checked = validate("AirflowEnvironment", Object.assign(plain, { context }));
    super("pulumi-scaleway-airflow:index:AirflowEnvironment", name, withSecrets(args), opts);
    const settings = resolveSecrets(checked, { parent: this });
    const names = resourceNames(settings.prefix, environment, settings.names);
    const child = { parent: this };
    const owner = ownerMark(`${name}-owner`, child);
    const tags = [environment, settings.prefix, "airflow", ownerTag(owner)];
    const isProtected = settings.protect || opts?.protect === true;
    const guarded = { parent: this, protect: isProtected || undefined };
    const { existing, adopted } = settings;
    const { databasePassword, logKey, ...secretsArgs } = secretGenerations(settings.rotation);

    this.privateNetworkId = pulumi.output(
      existing.privateNetworkId ??
        new scaleway.network.PrivateNetwork(
          `${name}-network`,
          { name: names.privateNetwork, tags },
          child,
        ).id,
    );
    const database = existing.database
      ? existingDatabase(existing.database)
      : new Database(
          `${name}-database`,
          {
            ...settings.database,
            databaseName: names.database,
            privateNetworkId: this.privateNetworkId,
            passwordGeneration: databasePassword,
            adopted: adopted?.database,
            tags: [...tags, "database"],
          },
          guarded,
        );
    const logs = new LogBucket(
      `${name}-logs`,
      {
        ...settings.logs,
        bucketName: names.bucket,
        forceDestroy: !isProtected,
        keyGeneration: logKey,
        tags: { environment, prefix: settings.prefix, airflow: "logs", owner },
      },
      guarded,
    );
    this.registryEndpoint = pulumi.output(
      existing.registryEndpoint ??
        new scaleway.registry.Namespace(
          `${name}-registry`,
          { name: names.registry, description: ownerTag(owner), isPublic: false },
          child,
        ).endpoint,
    );
    this.namespaceId = pulumi.output(
      existing.namespaceId ??
        new scaleway.containers.Namespace(
          `${name}-namespace`,
          { name: names.namespace, tags },
          child,
        ).id,
    );
    const secrets = new AirflowSecrets(`${name}-secrets`, { ...secretsArgs, adopted }, guarded);
    const admin = { username: settings.adminUsername, password: secrets.adminPassword };
    const platform: Platform = {
      name,
      names,
      settings,
      namespaceId: this.namespaceId,
      privateNetworkId: this.privateNetworkId,
      registryEndpoint: this.registryEndpoint,
      secretKey: registrySecretKey,
      wiring: {
        databaseUri: database.uri,
        formerDatabasePasswords: database.formerPasswords,
        databaseCertificate: database.certificate,
        fernetKey: secrets.fernetKey,
        jwtSecret: secrets.jwtSecret,
        jwtKeyId: secrets.jwtKeyId,
        formerJwtSecret: secrets.formerJwtSecret,
        apiSecretKey: secrets.apiSecretKey,
        logConnection: logs.connection,
        remoteLogFolder: logs.remoteLogFolder,
      },
      admin,
      objects: declared(settings),
      downgrade:
        settings.downgrade &&
        downgradeOrder(
          settings.downgrade,
          pulumi.output({
            instanceId: database.instanceId,
            databaseName: names.database,
            secretKey: registrySecretKey,
          }),
        ),
      tags,
      opts: guarded,
    };
    const airflow = deployAirflow(platform);

    this.webserverUrl = workingUrl(airflow, platform);
    this.adminUsername = pulumi.output(admin.username);
    this.adminPassword = admin.password;
    this.bucketName = logs.bucketName;
    this.bucketProjectId = logs.projectId;
    this.databaseEndpoint = database.endpoint;
    this.databasePublicEndpoint = pulumi.output(database.publicEndpoint);
    this.databaseUri = database.uri;
    this.images = pulumi.output({
      webserver: airflow.webserver.image,
      scheduler: airflow.scheduler.image,
    });
    this.registerOutputs({
      webserverUrl: this.webserverUrl,
      adminUsername: this.adminUsername,
      adminPassword: this.adminPassword,
      bucketName: this.bucketName,
      bucketProjectId: this.bucketProjectId,
      databaseEndpoint: this.databaseEndpoint,
      databasePublicEndpoint: this.databasePublicEndpoint,
      databaseUri: this.databaseUri,
      images: this.images,
      namespaceId: this.namespaceId,
      privateNetworkId: this.privateNetworkId,
      registryEndpoint: this.registryEndpoint,
    });
  }
}

/** The declaration for the webserver, whose length is only known when every secret in it is. */
function declared(objects: AirflowObjects): pulumi.Output<string> {
  return pulumi.secret(pulumi.jsonStringify(objectDeclaration(objects)).apply(fittingDeclaration));
}

/** Component arguments are kept in the state, so what is secret must be so before it gets there. */
function withSecrets(args: AirflowEnvironmentArgs): pulumi.Inputs {
  return {
    ...args,
    registrySecretKey: args.registrySecretKey && pulumi.secret(args.registrySecretKey),
    logs: args.logs && withSecretKeys(args.logs),
    existing: args.existing && withSecretPassword(args.existing),
    adopted: args.adopted && withSecretsHidden(args.adopted),
    secretVariables: args.secretVariables && pulumi.secret(args.secretVariables),
    connections: args.connections && pulumi.secret<unknown>(args.connections),
    airflowVariables: args.airflowVariables && pulumi.secret<unknown>(args.airflowVariables),
  };
}
