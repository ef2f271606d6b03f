import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import * as scaleway from "@pulumiverse/scaleway";
import { logConnection, scalewayEndpoint } from "../../components/logConnection";
import { Role, roles } from "./roles";

export const NAMESPACE = "lvao-today";
const REGION = "fr-par";
const BUCKET = "lvao-today-airflow";

/** What the infrastructure is given. */
export interface TodaysInputs {
  readonly images: Readonly<Record<Role, string>>;
  readonly admin: { readonly username: string; readonly password: string };
  /** The key that was typed by hand into the connection to the log bucket. */
  readonly logKey: { readonly accessKey: string; readonly secretKey: string };
}

/** Stands for today's OpenTofu modules: the same containers, with the same variables, as far as DAGs without an application need them. */
export function todaysInfrastructure({ images, admin, logKey }: TodaysInputs) {
  const namespace = new scaleway.containers.Namespace("namespace", { name: NAMESPACE });
  const bucket = new scaleway.object.Bucket("logs", { name: BUCKET, forceDestroy: true });
  const connection = logConnection({
    ...logKey,
    endpoint: scalewayEndpoint(REGION),
    region: REGION,
  });
  const variables = { ...common, AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER: `s3://${BUCKET}` };
  const secrets = {
    AIRFLOW__API_AUTH__JWT_SECRET: password("jwt"),
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: database(),
    AIRFLOW_CONN_SCALEWAYLOGS: connection,
  };
  const deploy = (
    role: Role,
    own: Pick<
      scaleway.containers.ContainerArgs,
      "environmentVariables" | "secretEnvironmentVariables"
    >,
  ) => {
    const { port, cpu, memory, healthPath } = roles[role];
    return new scaleway.containers.Container(
      role,
      {
        name: `lvao-airflow-${role}`,
        namespaceId: namespace.id,
        image: images[role],
        port,
        cpuLimit: cpu,
        memoryLimitBytes: memory * 1_000_000,
        minScale: 1,
        maxScale: 1,
        timeout: 300,
        privacy: "public",
        protocol: "http1",
        sandbox: "v1",
        // What `health_check` means to this version of the API.
        livenessProbe: {
          http: { path: healthPath },
          failureThreshold: 5,
          interval: "30s",
          timeout: "5s",
        },
        environmentVariables: { ...variables, ...own.environmentVariables },
        secretEnvironmentVariables: { ...secrets, ...own.secretEnvironmentVariables },
      },
      { dependsOn: [bucket], ignoreChanges: ["image"] },
    );
  };
  const webserver = deploy("webserver", {
    environmentVariables: {
      AIRFLOW__CORE__AUTH_MANAGER:
        "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager",
      AIRFLOW__WEBSERVER__WORKERS: "1",
    },
    secretEnvironmentVariables: {
      _AIRFLOW_WWW_USER_USERNAME: admin.username,
      _AIRFLOW_WWW_USER_PASSWORD: admin.password,
    },
  });
  const worker = {
    AIRFLOW__CORE__EXECUTION_API_SERVER_URL: pulumi.interpolate`${webserver.publicEndpoint}/execution/`,
  };
  const scheduler = deploy("scheduler", { secretEnvironmentVariables: worker });
  const dagProcessor = deploy("dag-processor", {
    environmentVariables: {
      AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL: "300",
      AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES: "1",
    },
    secretEnvironmentVariables: worker,
  });
  return { webserver: webserver.id, scheduler: scheduler.id, "dag-processor": dagProcessor.id };
}

const common = {
  AIRFLOW__API__AUTH_BACKENDS:
    "airflow.api.auth.backend.basic_auth,airflow.api.auth.backend.session",
  AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION: "true",
  AIRFLOW__CORE__DAGS_FOLDER: "/opt/airflow/dags",
  AIRFLOW__CORE__ENABLE_XCOM_PICKLING: "true",
  AIRFLOW__CORE__EXECUTOR: "LocalExecutor",
  AIRFLOW__CORE__FERNET_KEY: "",
  AIRFLOW__CORE__LOAD_EXAMPLES: "false",
  AIRFLOW__LOGGING__ENCRYPT_S3_LOGS: "false",
  AIRFLOW__LOGGING__REMOTE_LOG_CONN_ID: "scalewaylogs",
  AIRFLOW__LOGGING__REMOTE_LOGGING: "true",
  AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK: "true",
  AIRFLOW__WEBSERVER__EXPOSE_CONFIG: "true",
};

/** A public instance, as today's. Gives its address for SQLAlchemy. */
function database(): pulumi.Output<string> {
  const secret = password("database");
  const instance = new scaleway.databases.Instance("database", {
    name: "lvao-today-airflow",
    engine: "PostgreSQL-16",
    nodeType: "DB-PLAY2-NANO",
    isHaCluster: true,
    volumeType: "sbs_5k",
    volumeSizeInGb: 10,
    encryptionAtRest: true,
    userName: "airflow",
    password: secret,
    loadBalancer: {},
  });
  const content = new scaleway.databases.Database("database", {
    instanceId: instance.id,
    name: "airflow",
  });
  const privilege = new scaleway.databases.Privilege(
    "database",
    { instanceId: instance.id, userName: "airflow", databaseName: content.name, permission: "all" },
    { ignoreChanges: ["permission"] },
  );
  const { ip, port } = {
    ip: instance.loadBalancer.apply((it) => it!.ip),
    port: instance.loadBalancer.apply((it) => it!.port),
  };
  return pulumi.interpolate`postgresql://airflow:${secret}@${ip}:${port}/${privilege.databaseName}`;
}

function password(name: string): pulumi.Output<string> {
  return new random.RandomPassword(name, {
    length: 32,
    overrideSpecial: "-_.",
    minLower: 1,
    minUpper: 1,
    minNumeric: 1,
    minSpecial: 1,
  }).result;
}
