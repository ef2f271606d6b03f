import * as pulumi from "@pulumi/pulumi";
import { AdoptedArgs } from "./adopted";
import { AnyToOthers, Json } from "./pulumi/anyToOthers";
import { ConnectionArgs, DescribedVariable, PoolArgs, SecretInput } from "./airflowObjects";
import { DowngradeArgs } from "./downgrade";
import { ExistingArgs } from "./existing";
import { LogSettingsArgs } from "./logBucket";
import { ResourceNames } from "./names";
import { RotationArgs } from "./rotation";

/** The size of one container of an environment. */
export interface ContainerArgs {
  /** Computing power, in mvCPU (thousandths of a virtual CPU). */
  readonly cpu?: number;
  /** Memory, in MB of 10^6 bytes. */
  readonly memory?: number;
  /** Disk, in MB of 10^6 bytes. */
  readonly localStorage?: number;
}

/** The webserver of an environment. */
export interface WebserverArgs extends ContainerArgs {
  /** How long a request may take, in seconds. Default 300. */
  readonly requestTimeout?: number;
}

/** The database of an environment. */
export interface DatabaseSizeArgs {
  /** Scaleway node type. Default `DB-PLAY2-NANO`. */
  readonly nodeType?: string;
  /** Size of the volume, in GB of 10^9 bytes, a multiple of 5. It can grow but not shrink. Default 10. */
  readonly volumeSize?: number;
  /** Two nodes instead of one. Default false. */
  readonly highAvailability?: boolean;
  /** Days for which each daily snapshot is kept in the database's region. Default 7. */
  readonly backupRetention?: number;
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
  /** What exists already and is used instead of being made. Default: nothing. */
  readonly existing?: ExistingArgs;
  /** What the environment brought along that something else had made. Default: nothing. */
  readonly adopted?: AdoptedArgs;
  /**
   * Folder with the Dockerfiles and the DAGs, relative to the Pulumi project. Default: the folder `airflow` of this
   * package, whose DAGs are examples; copy it to have your own.
   */
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
  /**
   * Stops Airflow and takes the database back to the schema of a former version, so that its images can be deployed
   * next (docs/back.md). To be removed then. Default: Airflow runs.
   */
  readonly downgrade?: DowngradeArgs;
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
  readonly airflowVariables?: Record<string, AnyToOthers<Json | DescribedVariable>>;
  /** Airflow's pools by name, up to 256 characters, managed like connections. Default: none. */
  readonly pools?: Record<string, PoolArgs>;
  /**
   * Whether database, log bucket and containers refuse to be destroyed or replaced, and with them all that they stand
   * on. Without it, the logs go with the bucket. Default true.
   */
  readonly protect?: boolean;
}
