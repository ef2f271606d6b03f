import * as pulumi from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";
import { AirflowContainer, buildImage, ImageBuild } from "./airflowContainer";
import { AirflowSecrets } from "./airflowSecrets";
import {
  AirflowObjects,
  ConnectionArgs,
  fittingDeclaration,
  objectDeclaration,
  PoolArgs,
  SecretInput,
} from "./airflowObjects";
import { AirflowWiring, airflowVariables, mergeVariables, Variables } from "./airflowVariables";
import { EnvironmentSettings } from "./checks/schema";
import { validate } from "./checks/validate";
import { Database } from "./database";
import { assertAirflowWorks } from "./gate/airflowWorks";
import { ownerMark, ownerTag } from "./leftovers/mark";
import { connectionPool } from "./databaseConnections";
import { LogBucket, LogSettingsArgs, withSecretKeys } from "./logBucket";
import { ResourceNames, resourceNames } from "./names";
import { AirflowRole } from "./roles";
import { RotationArgs, secretGenerations } from "./rotation";
import { resolveSecrets } from "./secretManager";

/** The size of one container of an environment. */
export interface ContainerArgs {
  /** Computing power, in mvCPU (thousandths of a virtual CPU) or with a unit: `1000`, `1 vCPU`. */
  readonly cpu?: number | string;
  /** Memory, in MB of 10^6 bytes or with a unit: `4096`, `4Gi`. */
  readonly memory?: number | string;
  /** Disk, in MB of 10^6 bytes or with a unit: `10000`, `10GB`. */
  readonly localStorage?: number | string;
}

/** The webserver of an environment. */
export interface WebserverArgs extends ContainerArgs {
  /** How long a request may take, in seconds or with a unit: `300`, `5 minutes`. Default 300. */
  readonly requestTimeout?: number | string;
}

/** The database of an environment. */
export interface DatabaseSizeArgs {
  /** Scaleway node type. Default `DB-PLAY2-NANO`. */
  readonly nodeType?: string;
  /** Size of the volume, in GB or with a unit, a multiple of 5. It can grow but not shrink. Default 10. */
  readonly volumeSize?: number | string;
  /** Two nodes instead of one. Default false. */
  readonly highAvailability?: boolean;
  /** Days for which each daily snapshot is kept in the database's region, as a number or `7 days`. Default 7. */
  readonly backupRetention?: number | string;
  /**
   * Ranges of IPv4 addresses in CIDR notation, from /8 to /32, that may reach the database through a public endpoint.
   * Default: there is none, and only what is in the private network reaches it.
   */
  readonly publicAccess?: string[];
}

/** Images that exist already, by reference with digest: `rg.fr-par.scw.cloud/…@sha256:…`. */
export interface ImagesArgs {
  /** The webserver's image. Default: it is built. */
  readonly webserver?: pulumi.Input<string>;
  /** The image of the scheduler and of the dag-processor. Default: it is built. */
  readonly scheduler?: pulumi.Input<string>;
}

/** Environment variables of your own, for every container or for one role. They win over derived ones. */
export interface VariablesArgs {
  /** For every container. */
  readonly all?: Record<string, pulumi.Input<string>>;
  /** For the webserver. */
  readonly webserver?: Record<string, pulumi.Input<string>>;
  /** For the scheduler, in whose container the tasks run. */
  readonly scheduler?: Record<string, pulumi.Input<string>>;
  /** For the dag-processor, if it has a container of its own. */
  readonly dagProcessor?: Record<string, pulumi.Input<string>>;
}

/** Secret environment variables of your own, for every container or for one role. They win over derived ones. */
export interface SecretVariablesArgs {
  /** For every container. */
  readonly all?: Record<string, SecretInput>;
  /** For the webserver. */
  readonly webserver?: Record<string, SecretInput>;
  /** For the scheduler, in whose container the tasks run. */
  readonly scheduler?: Record<string, SecretInput>;
  /** For the dag-processor, if it has a container of its own. */
  readonly dagProcessor?: Record<string, SecretInput>;
}

/** Arguments of an `AirflowEnvironment`. */
export interface AirflowEnvironmentArgs {
  /** First part of every name, for example `lvao`. */
  readonly prefix: string;
  /** Name of the environment, for example `preprod`. */
  readonly environment: string;
  /** Names that differ from the default. */
  readonly names?: Partial<ResourceNames>;
  /** Folder with the Dockerfiles and the DAGs, relative to the Pulumi project. Default `airflow`. */
  readonly context?: string;
  /** The image to build on. Default: Airflow's official slim image, `apache/airflow:slim-3.3.2-python3.12`. */
  readonly baseImage?: string;
  /**
   * Images to deploy instead of building them: those that were tested in another environment, or former ones. Their
   * registry namespace has to be public or of the same Scaleway project.
   */
  readonly images?: ImagesArgs;
  /**
   * Secret key of a Scaleway API key that may push images. Where it may also read logs (`ObservabilityFullAccess`), an
   * update that fails shows the end of them. Default: the login that Docker already has.
   */
  readonly registrySecretKey?: pulumi.Input<string>;
  /** The webserver. Default 1000 mvCPU, 2048 MB and 1000 MB of disk. */
  readonly webserver?: WebserverArgs;
  /** The scheduler, in whose container the tasks run. Default 2000 mvCPU, 4096 MB and 10000 MB of disk. */
  readonly scheduler?: ContainerArgs;
  /**
   * With any size, the dag-processor gets a container of its own, by default with 1000 mvCPU, 1024 MB and 1000 MB of
   * disk. Default: it runs in the scheduler's container.
   */
  readonly dagProcessor?: ContainerArgs;
  /** The database. */
  readonly database?: DatabaseSizeArgs;
  /** The task logs. */
  readonly logs?: LogSettingsArgs;
  /** User name of the first account of the interface. Default `admin`. */
  readonly adminUsername?: string;
  /** How often each generated secret has been made anew: raise a number by one and deploy to rotate. Default 1 each. */
  readonly rotation?: RotationArgs;
  /** Environment variables of your own. */
  readonly variables?: VariablesArgs;
  /** Environment variables of your own that nobody may read: secrets, or `{ fromSecretManager: "name" }`. */
  readonly secretVariables?: SecretVariablesArgs;
  /**
   * Airflow's connections by id: 1 to 200 letters, digits, underscores, dots and hyphens. Each start of the webserver
   * brings them into Airflow's database: it makes what is missing, sets back what was changed by hand, takes over what
   * was there under the same id, and deletes what is no longer declared. What it manages has a mark at the end of its
   * description; everything else stays as it is. With variables and pools up to 65,536 bytes of JSON. Default: none.
   */
  readonly connections?: Record<string, ConnectionArgs>;
  /**
   * Airflow's variables by key, up to 250 characters, managed like connections: a text, anything that JSON can
   * express, or a `DescribedVariable`. Default: none.
   */
  readonly airflowVariables?: Record<string, unknown>;
  /** Airflow's pools by name, up to 256 characters, managed like connections. Default: none. */
  readonly pools?: Record<string, PoolArgs>;
  /**
   * Whether database, log bucket and containers refuse to be destroyed or replaced, and with them all that they stand
   * on. Without it, the logs go with the bucket. Default true.
   */
  readonly protect?: boolean;
}

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
  /** The images that run, by reference with digest. */
  readonly images: pulumi.Output<EnvironmentImages>;

  /** @throws `pulumi.InputPropertiesError` that names every argument at fault, before anything is registered. */
  constructor(name: string, args: AirflowEnvironmentArgs, opts?: pulumi.ComponentResourceOptions) {
    const { registrySecretKey, ...plain } = args;
    const { environment } = args;
    const checked = validate("AirflowEnvironment", plain);
    super("pulumi-scaleway-airflow:index:AirflowEnvironment", name, withSecrets(args), opts);
    const settings = resolveSecrets(checked, { parent: this });
    const names = resourceNames(settings.prefix, environment, settings.names);
    const child = { parent: this };
    const owner = ownerMark(`${name}-owner`, child);
    const tags = [environment, settings.prefix, "airflow", ownerTag(owner)];
    const guarded = { parent: this, protect: settings.protect };
    const { databasePassword, logKey, ...secretsArgs } = secretGenerations(settings.rotation);

    const network = new scaleway.network.PrivateNetwork(
      `${name}-network`,
      { name: names.privateNetwork, tags },
      child,
    );
    const database = new Database(
      `${name}-database`,
      {
        ...settings.database,
        databaseName: names.database,
        privateNetworkId: network.id,
        passwordGeneration: databasePassword,
        tags: [...tags, "database"],
      },
      guarded,
    );
    const logs = new LogBucket(
      `${name}-logs`,
      {
        ...settings.logs,
        bucketName: names.bucket,
        forceDestroy: !guarded.protect,
        keyGeneration: logKey,
        tags: { environment, prefix: settings.prefix, airflow: "logs", owner },
      },
      guarded,
    );
    const registry = new scaleway.registry.Namespace(
      `${name}-registry`,
      { name: names.registry, description: ownerTag(owner), isPublic: false },
      child,
    );
    const namespace = new scaleway.containers.Namespace(
      `${name}-namespace`,
      { name: names.namespace, tags },
      child,
    );
    const secrets = new AirflowSecrets(`${name}-secrets`, secretsArgs, guarded);
    const admin = { username: settings.adminUsername, password: secrets.adminPassword };
    const objects = declared(settings);
    const wiring: Wiring = {
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
    };
    const image: ImageBuild = {
      context: settings.context,
      baseImage: settings.baseImage,
      registry: { endpoint: registry.endpoint, secretKey: registrySecretKey },
    };

    const pool = connectionPool(settings);
    const deploy = (
      role: AirflowRole,
      { requestTimeout, localStorage, ...size }: ContainerSettings,
      own: RoleDeployment,
    ) => {
      const derived = airflowVariables({
        role,
        size,
        wiring: own.wiring,
        admin,
        pool,
        objects,
      });
      const variables = ownVariables(role, settings).reduce(mergeVariables, derived);
      return new AirflowContainer(
        `${name}-${role}`,
        {
          role,
          containerName: names[role],
          namespaceId: namespace.id,
          privateNetworkId: network.id,
          image: own.image ? pulumi.output(own.image) : image,
          processes: own.processes,
          size,
          localStorage,
          requestTimeout,
          variables: variables.plain,
          secretVariables: variables.secret,
          tags: [...tags, role],
          apiSecretKey: registrySecretKey,
        },
        { ...guarded, dependsOn: own.after?.url.apply(() => own.after!) },
      );
    };
    // The webserver migrates the database and gives the address at which tasks report, so it comes first.
    const webserver = deploy("webserver", settings.webserver, {
      wiring,
      image: settings.images.webserver,
    });
    const taskWiring = {
      ...wiring,
      executionApiUrl: pulumi.interpolate`${webserver.url}/execution/`,
    };
    const schedulerImage = settings.images.scheduler
      ? pulumi.output(settings.images.scheduler)
      : buildImage(
          `${name}-scheduler`,
          { role: "scheduler", containerName: names.scheduler },
          image,
          this,
        );
    const dagProcessor =
      settings.dagProcessor &&
      deploy("dagProcessor", settings.dagProcessor, {
        wiring: taskWiring,
        processes: ["dag-processor"],
        image: schedulerImage,
      });
    // The scheduler comes last: it ends what a rotation has begun, once no container lacks the newest secrets.
    const scheduler = deploy("scheduler", settings.scheduler, {
      wiring: taskWiring,
      processes: dagProcessor
        ? ["scheduler", "triggerer"]
        : ["scheduler", "dag-processor", "triggerer"],
      image: schedulerImage,
      after: dagProcessor,
    });

    this.webserverUrl = workingUrl({
      admin,
      webserver,
      scheduler,
      dagProcessor: dagProcessor ?? scheduler,
    });
    this.adminUsername = pulumi.output(admin.username);
    this.adminPassword = admin.password;
    this.bucketName = logs.bucketName;
    this.bucketProjectId = logs.projectId;
    this.databaseEndpoint = database.endpoint;
    this.databasePublicEndpoint = database.publicEndpoint;
    this.images = pulumi.output({ webserver: webserver.image, scheduler: scheduler.image });
    this.registerOutputs({
      webserverUrl: this.webserverUrl,
      adminUsername: this.adminUsername,
      adminPassword: this.adminPassword,
      bucketName: this.bucketName,
      bucketProjectId: this.bucketProjectId,
      databaseEndpoint: this.databaseEndpoint,
      databasePublicEndpoint: this.databasePublicEndpoint,
      images: this.images,
    });
  }
}

type ContainerSettings = EnvironmentSettings["scheduler"] & { requestTimeout?: number };
type Wiring = AirflowWiring<pulumi.Output<string>>;

/** What differs from one role's container to another's. */
interface RoleDeployment {
  readonly wiring: Wiring;
  readonly processes?: string[];
  /** One that exists already. */
  readonly image?: pulumi.Input<string>;
  /** The container that has to be ready before. */
  readonly after?: AirflowContainer;
}

/** What has to work before the address is given out. */
interface Deployment {
  readonly admin: { readonly username: string; readonly password: pulumi.Output<string> };
  readonly webserver: AirflowContainer;
  readonly scheduler: AirflowContainer;
  readonly dagProcessor: AirflowContainer;
}

/** The webserver's address, once the whole of Airflow works. */
function workingUrl({ admin, webserver, scheduler, dagProcessor }: Deployment) {
  const containers = {
    metadatabase: webserver.deployed,
    scheduler: scheduler.deployed,
    dag_processor: dagProcessor.deployed,
    triggerer: scheduler.deployed,
  };
  const airflow = pulumi.output({ url: webserver.url, ...admin, containers });
  return pulumi.unsecret(airflow).apply(async (deployed) => {
    await assertAirflowWorks(deployed);
    return deployed.url;
  });
}

/** The user's variables for a role, those for all roles first. */
function ownVariables(
  role: AirflowRole,
  { variables, secretVariables }: EnvironmentSettings,
): Variables<pulumi.Input<string>>[] {
  return (["all", role] as const).map((scope) => ({
    plain: variables[scope] ?? {},
    secret: secretVariables[scope] ?? {},
  }));
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
    secretVariables: args.secretVariables && pulumi.secret(args.secretVariables),
    connections: args.connections && pulumi.secret(args.connections),
    airflowVariables: args.airflowVariables && pulumi.secret(args.airflowVariables),
  };
}
