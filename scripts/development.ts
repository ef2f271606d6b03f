import type { EnvironmentSettings } from "../components/checks/schema";
import { writtenVariables } from "../components/checks/rules/written";
import { isUnknown } from "../components/checks/unknown";
import { objectDeclaration } from "../components/variables/objectDeclaration";
import { AirflowWiring } from "../components/variables/airflowVariables";
import { containerVariables } from "../components/variables/containerVariables";
import { logConnection } from "../components/logs/logConnection";
import { isPlain, SecretReference } from "../components/secrets/secretReference";

/** The containers of Airflow in development; the dag-processor is always in the scheduler's. */
export const developmentRoles = ["webserver", "scheduler"] as const;
/** A container of Airflow in development. */
export type DevelopmentRole = (typeof developmentRoles)[number];

/**
 * Why a variable in the open is not what it is in preprod. All others are the same; secrets are development's own, and
 * variables of a project's own, but for settings of Airflow, come from `airflow/dags/.env`.
 */
export const differences: Readonly<Record<string, string>> = {
  AIRFLOW_DATABASE_CERTIFICATE: "the database of one machine speaks no TLS",
  AIRFLOW__CORE__EXECUTION_API_SERVER_URL: "the webserver, as the other containers here see it",
  AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL: "new files show at once, as changed ones always do",
  AIRFLOW__FAB__COOKIE_SECURE: "browsers come by http, to this machine",
  AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER: "the bucket of the service storage",
};

const own: Record<DevelopmentRole, Record<string, string>> = {
  webserver: { AIRFLOW__FAB__COOKIE_SECURE: "false" },
  scheduler: { AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL: "5" },
};

const wiring: AirflowWiring<string> = {
  databaseUri: `postgresql+psycopg2://airflow:${fromEnvFile("DATABASE_PASSWORD")}@database:5432/airflow`,
  fernetKey: fromEnvFile("FERNET_KEY"),
  jwtSecret: fromEnvFile("JWT_SECRET"),
  jwtKeyId: "1",
  apiSecretKey: fromEnvFile("API_SECRET_KEY"),
  logConnection: logConnection({
    accessKey: fromEnvFile("LOG_ACCESS_KEY"),
    secretKey: fromEnvFile("LOG_SECRET_KEY"),
    endpoint: "http://storage:7070",
    region: "fr-par",
  }),
  remoteLogFolder: "s3://airflow-logs",
  executionApiUrl: "http://webserver:8080/execution/",
};

/** The variables of a container in development, by the settings of preprod, as docker compose wants them written. */
export function developmentVariables(
  role: DevelopmentRole,
  settings: EnvironmentSettings,
): Record<string, string> {
  const { variables, adminUsername } = settings;
  const shared = { ...settings, variables: airflowSettings(variables), secretVariables: {} };
  const { plain, secret } = containerVariables(role, shared, {
    wiring,
    admin: { username: adminUsername, password: fromEnvFile("ADMIN_PASSWORD") },
    objects: JSON.stringify(forCompose(objectDeclaration(settings), [])),
  });
  return { ...(plain as Record<string, string>), ...(secret as object), ...own[role] };
}

/** The variables of a project's own that its tasks find in `airflow/dags/.env`, as they differ from place to place. */
export function variablesOfTasks(settings: EnvironmentSettings): string[] {
  const written = writtenVariables(settings).filter(({ scope }) => scope !== "webserver");
  const theirs = written.filter(({ kind, name }) => kind !== "variables" || !isSetting(name));
  return [...new Set(theirs.map(({ name }) => name))];
}

/** Whether a variable of a project's own sets up Airflow, and so has to be the same everywhere. */
const isSetting = (name: string): boolean => name.startsWith("AIRFLOW__");

function airflowSettings(variables: EnvironmentSettings["variables"]) {
  const scopes = Object.entries(variables).map(([scope, written = {}]) => {
    const ours = Object.entries(written).filter(([name]) => isSetting(name));
    return [scope, forCompose(Object.fromEntries(ours), [])];
  });
  return Object.fromEntries(scopes) as EnvironmentSettings["variables"];
}

/** Settings in which every `$` is one to docker compose too, and every secret is read from `.env`, named by its path. */
function forCompose(value: unknown, path: string[]): unknown {
  if (typeof value === "string") return value.replaceAll("$", "$$$$");
  if (value instanceof SecretReference || isUnknown(value)) return fromEnvFile(path.join("_"));
  if (Array.isArray(value)) return value.map((each, i) => forCompose(each, [...path, String(i)]));
  if (!isPlain(value)) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([key, each]) => [key, forCompose(each, [...path, key])]));
}

function fromEnvFile(path: string): string {
  const name = path.toUpperCase().replace(/\W/g, "_");
  return `\${${name}:?see .env.template}`;
}
