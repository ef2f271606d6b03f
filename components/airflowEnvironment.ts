import * as pulumi from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";
import { AirflowContainer, ImageBuild } from "./airflowContainer";
import { AirflowSecrets } from "./airflowSecrets";
import {
  AirflowWiring,
  airflowVariables,
  ContainerSize,
  mergeVariables,
  Variables,
} from "./airflowVariables";
import { Database } from "./database";
import { LogBucket } from "./logBucket";
import { ResourceNames, resourceNames } from "./names";
import { AirflowRole } from "./roles";

/** The size of one container of an environment. */
export interface ContainerArgs {
  /** Computing power, in mvCPU (thousandths of a virtual CPU). */
  readonly cpu?: number;
  /** Memory, in MB of 10^6 bytes. */
  readonly memory?: number;
  /** Disk, in MB of 10^6 bytes. */
  readonly localStorage?: number;
}

/** The database of an environment. */
export interface DatabaseSizeArgs {
  /** Scaleway node type. Default `DB-PLAY2-NANO`. */
  readonly nodeType?: string;
  /** Size of the volume, in GB, a multiple of 5. Default 10. */
  readonly volumeSize?: number;
  /** Two nodes instead of one. Default false. */
  readonly highAvailability?: boolean;
  /** Days for which each daily backup is kept. Default 7. */
  readonly backupRetention?: number;
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
  /** The image to build on. Default: the one that the Dockerfiles name, Airflow's official slim image. */
  readonly baseImage?: string;
  /** Secret key of a Scaleway API key that may push images. Default: the login that Docker already has. */
  readonly registrySecretKey?: pulumi.Input<string>;
  /** The webserver. Default 1000 mvCPU and 2048 MB. */
  readonly webserver?: ContainerArgs;
  /** The scheduler, in whose container the tasks run. Default 2000 mvCPU, 4096 MB and 10000 MB of disk. */
  readonly scheduler?: ContainerArgs;
  /**
   * Given, even empty: the dag-processor gets a container of its own (default 1000 mvCPU and 1024 MB).
   * Default: it runs in the scheduler's container.
   */
  readonly dagProcessor?: ContainerArgs;
  /** The database. */
  readonly database?: DatabaseSizeArgs;
  /** User name of the first account of the interface. Default `admin`. */
  readonly adminUsername?: string;
  /** Environment variables of your own. */
  readonly variables?: VariablesArgs;
  /** Environment variables of your own that nobody may read. */
  readonly secretVariables?: VariablesArgs;
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
  /** Address of the interface and of the API, as `https://…`. */
  readonly webserverUrl: pulumi.Output<string>;
  /** User name of the first account. */
  readonly adminUsername: pulumi.Output<string>;
  /** Password of the first account. Secret. */
  readonly adminPassword: pulumi.Output<string>;
  /** Name of the log bucket. */
  readonly bucketName: pulumi.Output<string>;
  /** Address and port of the database in the private network, as `address:port`. */
  readonly databaseEndpoint: pulumi.Output<string>;
  /** The images that run, by reference with digest. */
  readonly images: pulumi.Output<EnvironmentImages>;

  constructor(name: string, args: AirflowEnvironmentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pulumi-scaleway-airflow:index:AirflowEnvironment", name, withSecrets(args), opts);
    const names = resourceNames(args.prefix, args.environment, args.names);
    const tags = [args.environment, args.prefix, "airflow"];
    const child = { parent: this };
    const guarded = { parent: this, protect: args.protect ?? true };

    const network = new scaleway.network.PrivateNetwork(
      `${name}-network`,
      { name: names.privateNetwork, tags },
      child,
    );
    const database = new Database(
      `${name}-database`,
      {
        ...args.database,
        databaseName: names.database,
        privateNetworkId: network.id,
        tags: [...tags, "database"],
      },
      guarded,
    );
    const logs = new LogBucket(
      `${name}-logs`,
      {
        bucketName: names.bucket,
        forceDestroy: !guarded.protect,
        tags: { environment: args.environment, prefix: args.prefix, airflow: "logs" },
      },
      guarded,
    );
    const registry = new scaleway.registry.Namespace(
      `${name}-registry`,
      { name: names.registry, isPublic: false },
      child,
    );
    const namespace = new scaleway.containers.Namespace(
      `${name}-namespace`,
      { name: names.namespace, tags },
      child,
    );
    const secrets = new AirflowSecrets(`${name}-secrets`, child);
    const admin = { username: args.adminUsername ?? "admin", password: secrets.adminPassword };
    const wiring: Wiring = {
      databaseUri: database.uri,
      fernetKey: secrets.fernetKey,
      jwtSecret: secrets.jwtSecret,
      apiSecretKey: secrets.apiSecretKey,
      logConnection: logs.connection,
      remoteLogFolder: logs.remoteLogFolder,
    };
    const image: ImageBuild = {
      context: args.context ?? "airflow",
      baseImage: args.baseImage,
      registry: { endpoint: registry.endpoint, secretKey: args.registrySecretKey },
    };

    const deploy = (role: AirflowRole, own: RoleDeployment) => {
      const size = { ...DEFAULT_SIZES[role], ...defined(args[role] ?? {}) };
      const derived = airflowVariables({ role, size, wiring: own.wiring, admin });
      const variables = ownVariables(role, args).reduce(mergeVariables, derived);
      return new AirflowContainer(
        `${name}-${role}`,
        {
          role,
          containerName: names[role],
          namespaceId: namespace.id,
          privateNetworkId: network.id,
          image: own.image ?? image,
          processes: own.processes,
          size,
          localStorage: size.localStorage,
          variables: variables.plain,
          secretVariables: variables.secret,
          tags: [...tags, role],
        },
        guarded,
      );
    };
    // The webserver migrates the database and gives the address at which tasks report, so it comes first.
    const webserver = deploy("webserver", { wiring });
    const taskWiring = {
      ...wiring,
      executionApiUrl: pulumi.interpolate`${webserver.url}/execution/`,
    };
    const scheduler = deploy("scheduler", {
      wiring: taskWiring,
      processes: args.dagProcessor
        ? ["scheduler", "triggerer"]
        : ["scheduler", "dag-processor", "triggerer"],
    });
    if (args.dagProcessor) {
      deploy("dagProcessor", {
        wiring: taskWiring,
        processes: ["dag-processor"],
        image: scheduler.image,
      });
    }

    this.webserverUrl = webserver.url;
    this.adminUsername = pulumi.output(admin.username);
    this.adminPassword = admin.password;
    this.bucketName = logs.bucketName;
    this.databaseEndpoint = database.endpoint;
    this.images = pulumi.output({ webserver: webserver.image, scheduler: scheduler.image });
    this.registerOutputs({
      webserverUrl: this.webserverUrl,
      adminUsername: this.adminUsername,
      adminPassword: this.adminPassword,
      bucketName: this.bucketName,
      databaseEndpoint: this.databaseEndpoint,
      images: this.images,
    });
  }
}

type Wiring = AirflowWiring<pulumi.Output<string>>;

/** What differs from one role's container to another's. */
interface RoleDeployment {
  readonly wiring: Wiring;
  readonly processes?: string[];
  readonly image?: pulumi.Output<string>;
}

const DEFAULT_SIZES: Record<AirflowRole, ContainerSize & { localStorage?: number }> = {
  webserver: { cpu: 1_000, memory: 2_048 },
  scheduler: { cpu: 2_000, memory: 4_096, localStorage: 10_000 },
  dagProcessor: { cpu: 1_000, memory: 1_024 },
};

/** A setting that is there but undefined must not hide its default. */
function defined<T extends object>(settings: T): { [K in keyof T]: NonNullable<T[K]> } {
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  ) as { [K in keyof T]: NonNullable<T[K]> };
}

/** The user's variables for a role, those for all roles first. */
function ownVariables(
  role: AirflowRole,
  { variables = {}, secretVariables = {} }: AirflowEnvironmentArgs,
): Variables<pulumi.Input<string>>[] {
  return (["all", role] as const).map((scope) => ({
    plain: variables[scope] ?? {},
    secret: secretVariables[scope] ?? {},
  }));
}

/** Component arguments are kept in the state, so what is secret must be so before it gets there. */
function withSecrets(args: AirflowEnvironmentArgs): pulumi.Inputs {
  return {
    ...args,
    registrySecretKey: args.registrySecretKey && pulumi.secret(args.registrySecretKey),
    secretVariables: args.secretVariables && pulumi.secret(args.secretVariables),
  };
}
