import { ConnectionPool, MAX_OVERFLOW, POOL_SIZE } from "./databaseConnections";
import { AirflowRole } from "../roles";

/**
 * The addresses and secrets that an Airflow process needs, whatever their kind: `pulumi.Output` in a deployment,
 * plain strings in docker compose and in tests.
 */
export interface AirflowWiring<V> {
  /** SQLAlchemy address of the metadata database, password included. */
  readonly databaseUri: V;
  /** Former passwords that the database may still want, as a JSON list. Default: none. */
  readonly formerDatabasePasswords?: V;
  /** Certificate of the database server, PEM; the containers write it where `databaseUri` says. Default: none. */
  readonly databaseCertificate?: V;
  /** Key that encrypts connections and variables in the database: 32 bytes, URL-safe base64. Former ones may follow it, after commas. */
  readonly fernetKey: V;
  /** Key that signs the tokens of tasks and users. */
  readonly jwtSecret: V;
  /** Id of that key in the tokens, a whole number. Default: they name none. */
  readonly jwtKeyId?: string;
  /** Key of the id before, whose tokens are accepted too. Default: none. */
  readonly formerJwtSecret?: V;
  /** Key that signs the sessions of the interface. */
  readonly apiSecretKey: V;
  /** The `s3logs` connection, as JSON. */
  readonly logConnection: V;
  /** Where task logs are kept, as `s3://bucket`. */
  readonly remoteLogFolder: V;
  /** The address at which tasks report: the webserver's URL followed by `/execution/`. Not needed by the webserver. */
  readonly executionApiUrl?: V;
}

/** The first account of the interface; the webserver's container creates it. */
export interface AdminAccount<V> {
  readonly username: string;
  readonly password: V;
}

/** The size of the container in which the tasks run. */
export interface ContainerSize {
  /** Computing power, in thousandths of a virtual CPU. */
  readonly cpu: number;
  /** Memory, in MB of 10^6 bytes. */
  readonly memory: number;
}

/** What tells one Airflow container from another. */
export interface AirflowVariablesArgs<V> {
  readonly role: AirflowRole;
  readonly size: ContainerSize;
  readonly wiring: AirflowWiring<V>;
  /** How many connections to the database each process may hold. Default: Airflow's own, 5 and 10 more. */
  readonly pool?: ConnectionPool;
  /** Only the webserver gets it. */
  readonly admin?: AdminAccount<V>;
  /** The connections, variables and pools to bring into the database: `objectDeclaration`'s JSON. Only the webserver gets it. */
  readonly objects?: V;
  /** What to do in Airflow's place, while the database goes back: versions as JSON. Default: Airflow runs. */
  readonly downgrade?: V;
}

/** Environment variables by name, the secret ones apart. A name is in one of the two, never in both. */
export interface Variables<V> {
  readonly plain: Record<string, string | V>;
  readonly secret: Record<string, V>;
}

/** The id of the connection through which Airflow writes and reads task logs. */
export const LOG_CONNECTION_ID = "s3logs";

/** The variable that holds `objectDeclaration`'s JSON. */
export const OBJECTS_VARIABLE = "DECLARED_OBJECTS";

/** Every variable that Airflow needs in a container: the one place where they are derived. */
export function airflowVariables<V>(args: AirflowVariablesArgs<V>): Variables<V> {
  const variables = [
    coreVariables(args),
    databaseVariables(args),
    loggingVariables(args.wiring),
    roleVariables(args),
  ];
  return variables.reduce(mergeVariables);
}

/** Puts `over` on top of `base`: a name that is in `over`, plain or secret, replaces the same name in `base`. */
export function mergeVariables<V>(base: Variables<V>, over: Variables<V>): Variables<V> {
  return {
    plain: { ...without(base.plain, over.secret), ...over.plain },
    secret: { ...without(base.secret, over.plain), ...over.secret },
  };
}

function without<T>(variables: Record<string, T>, names: object): Record<string, T> {
  return Object.fromEntries(
    Object.entries(variables).filter(([name]) => !Object.hasOwn(names, name)),
  );
}

function coreVariables<V>({ wiring, downgrade }: AirflowVariablesArgs<V>): Variables<V> {
  return {
    plain: {
      AIRFLOW__CORE__EXECUTOR: "LocalExecutor",
      AIRFLOW__CORE__AUTH_MANAGER:
        "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager",
      AIRFLOW__CORE__LOAD_EXAMPLES: "false",
      AIRFLOW__API_AUTH__JWT_LEEWAY: String(JWT_LEEWAY_SECONDS),
      ...(wiring.jwtKeyId !== undefined && { AIRFLOW__API_AUTH__JWT_KID: wiring.jwtKeyId }),
      ...ifGiven("DOWNGRADE_TO", downgrade),
    },
    secret: {
      AIRFLOW__CORE__FERNET_KEY: wiring.fernetKey,
      AIRFLOW__API_AUTH__JWT_SECRET: wiring.jwtSecret,
      AIRFLOW__API__SECRET_KEY: wiring.apiSecretKey,
    },
  };
}

function databaseVariables<V>({ wiring, pool }: AirflowVariablesArgs<V>): Variables<V> {
  const { databaseUri, databaseCertificate, formerDatabasePasswords } = wiring;
  const plain: Record<string, string | V> = ifGiven(
    "AIRFLOW_DATABASE_CERTIFICATE",
    databaseCertificate,
  );
  if (pool !== undefined) {
    plain[POOL_SIZE] = String(pool.size);
    plain[MAX_OVERFLOW] = String(pool.overflow);
  }
  const secret = {
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: databaseUri,
    ...ifGiven("FORMER_DATABASE_PASSWORDS", formerDatabasePasswords),
  };
  return { plain, secret };
}

function ifGiven<V>(name: string, value: V | undefined): Record<string, V> {
  return value === undefined ? {} : { [name]: value };
}

/**
 * Clocks of sandbox v1 drift about two seconds a day (Scaleway, "Containers: sandbox environments"), so tokens are
 * accepted this long before and after their time.
 */
const JWT_LEEWAY_SECONDS = 60;

function loggingVariables<V>(wiring: AirflowWiring<V>): Variables<V> {
  return {
    plain: {
      AIRFLOW__LOGGING__REMOTE_LOGGING: "true",
      AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER: wiring.remoteLogFolder,
      AIRFLOW__LOGGING__REMOTE_LOG_CONN_ID: LOG_CONNECTION_ID,
      AIRFLOW__LOGGING__ENCRYPT_S3_LOGS: "false",
    },
    secret: {
      [`AIRFLOW_CONN_${LOG_CONNECTION_ID.toUpperCase()}`]: wiring.logConnection,
    },
  };
}

function roleVariables<V>(args: AirflowVariablesArgs<V>): Variables<V> {
  const { role, size, wiring } = args;
  if (role === AirflowRole.Webserver) return webserverVariables(args);
  const plain: Record<string, string | V> = {};
  if (wiring.executionApiUrl !== undefined) {
    plain.AIRFLOW__CORE__EXECUTION_API_SERVER_URL = wiring.executionApiUrl;
    plain.AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT = String(API_ANSWER_SECONDS);
  }
  if (role === AirflowRole.Scheduler) {
    plain.AIRFLOW__CORE__PARALLELISM = String(parallelism(size));
    plain.AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL = String(ORPHANS_CHECK_SECONDS);
  }
  return { plain, secret: {} };
}

function webserverVariables<V>({ wiring, admin, objects }: AirflowVariablesArgs<V>): Variables<V> {
  return {
    plain: {
      // The edge of the platform ends TLS, so Airflow would not see by itself that cookies travel over it.
      AIRFLOW__FAB__COOKIE_SECURE: "true",
      ...(admin && { ADMIN_USERNAME: admin.username }),
    },
    secret: {
      ...(admin && { ADMIN_PASSWORD: admin.password }),
      ...ifGiven(OBJECTS_VARIABLE, objects),
      ...ifGiven("FORMER_JWT_SECRET", wiring.formerJwtSecret),
    },
  };
}

/**
 * How often the scheduler looks for tasks that an ended scheduler has left behind, as when its container is replaced: it
 * starts them again. Airflow would look every 300 s, at about the time at which it takes such tasks for failed.
 */
const ORPHANS_CHECK_SECONDS = 60;

/**
 * How long a task waits for each answer of the API server, which it asks five times. With Airflow's 5 s, tasks failed
 * while a new version of the webserver started beside the old one on a busy machine (seen with Airflow 3.3.2).
 */
const API_ANSWER_SECONDS = 30;

const IDLE_MEMORY = 1_000;
const TASK_MEMORY = 200;
const TASKS_PER_CPU = 4;
const AIRFLOW_DEFAULT_PARALLELISM = 32;

/**
 * How many tasks LocalExecutor runs at once. Airflow's default of 32 needs 3 GiB for trivial tasks, so the number
 * follows the container: what is left of its memory after the idle processes, at 200 MB a task, and at most four
 * tasks for each virtual CPU (measured with Airflow 3.3.2).
 */
export function parallelism({ cpu, memory }: ContainerSize): number {
  const byMemory = Math.floor((memory - IDLE_MEMORY) / TASK_MEMORY);
  const byCpu = Math.floor((cpu / 1_000) * TASKS_PER_CPU);
  return Math.max(1, Math.min(byMemory, byCpu, AIRFLOW_DEFAULT_PARALLELISM));
}
