import { AirflowRole } from "../../../components";
import {
  airflowVariables,
  mergeVariables,
  parallelism,
} from "../../../components/variables/airflowVariables";

const wiring = {
  databaseUri: "postgresql+psycopg2://u:p@h:5432/d",
  fernetKey: "fernet",
  jwtSecret: "jwt",
  apiSecretKey: "api",
  logConnection: '{"conn_type":"aws"}',
  remoteLogFolder: "s3://lvao-preprod-airflow",
  executionApiUrl: "https://webserver.example/execution/",
};
const variablesOf = (role: AirflowRole) =>
  airflowVariables({
    role,
    size: { cpu: 2_000, memory: 4_096 },
    wiring,
    admin: { username: "admin", password: "secret" },
    objects: "{}",
  });

const common = {
  AIRFLOW__CORE__EXECUTOR: "LocalExecutor",
  AIRFLOW__CORE__AUTH_MANAGER: "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager",
  AIRFLOW__CORE__LOAD_EXAMPLES: "false",
  AIRFLOW__API_AUTH__JWT_LEEWAY: "60",
  AIRFLOW__LOGGING__REMOTE_LOGGING: "true",
  AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER: "s3://lvao-preprod-airflow",
  AIRFLOW__LOGGING__REMOTE_LOG_CONN_ID: "s3logs",
  AIRFLOW__LOGGING__ENCRYPT_S3_LOGS: "false",
};
const commonSecrets = {
  AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: wiring.databaseUri,
  AIRFLOW__CORE__FERNET_KEY: "fernet",
  AIRFLOW__API_AUTH__JWT_SECRET: "jwt",
  AIRFLOW__API__SECRET_KEY: "api",
  AIRFLOW_CONN_S3LOGS: wiring.logConnection,
};

test("the webserver gets the account and the objects that it creates, and no address to report to", () => {
  expect(variablesOf("webserver")).toEqual({
    plain: { ...common, AIRFLOW__FAB__COOKIE_SECURE: "true", ADMIN_USERNAME: "admin" },
    secret: { ...commonSecrets, ADMIN_PASSWORD: "secret", DECLARED_OBJECTS: "{}" },
  });
});

test("the scheduler gets the execution API and as many tasks at once as its container holds", () => {
  expect(variablesOf("scheduler")).toEqual({
    plain: {
      ...common,
      AIRFLOW__CORE__EXECUTION_API_SERVER_URL: wiring.executionApiUrl,
      AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT: "30",
      AIRFLOW__CORE__PARALLELISM: "8",
      AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL: "60",
    },
    secret: commonSecrets,
  });
});

test("the certificate of the database, if it has one of its own, is in the open", () => {
  const { plain, secret } = airflowVariables({
    role: "webserver",
    size: { cpu: 1_000, memory: 2_048 },
    wiring: { ...wiring, databaseCertificate: "certificate" },
  });
  expect(plain.AIRFLOW_DATABASE_CERTIFICATE).toBe("certificate");
  expect(secret).not.toHaveProperty("AIRFLOW_DATABASE_CERTIFICATE");
});

test("a dag-processor of its own gets the execution API", () => {
  expect(variablesOf("dagProcessor")).toEqual({
    plain: {
      ...common,
      AIRFLOW__CORE__EXECUTION_API_SERVER_URL: wiring.executionApiUrl,
      AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT: "30",
    },
    secret: commonSecrets,
  });
});

test("after a rotation all know the former passwords, and the webserver the former key of tokens", () => {
  const rotated = (role: AirflowRole) =>
    airflowVariables({
      role,
      size: { cpu: 2_000, memory: 4_096 },
      wiring: {
        ...wiring,
        formerDatabasePasswords: '["former"]',
        jwtKeyId: "2",
        formerJwtSecret: "former",
      },
    });
  for (const role of ["webserver", "scheduler", "dagProcessor"] as const) {
    expect(rotated(role).plain).toMatchObject({ AIRFLOW__API_AUTH__JWT_KID: "2" });
    expect(rotated(role).secret).toMatchObject({ FORMER_DATABASE_PASSWORDS: '["former"]' });
  }
  expect(rotated("webserver").secret).toMatchObject({ FORMER_JWT_SECRET: "former" });
  expect(rotated("scheduler").secret).not.toHaveProperty("FORMER_JWT_SECRET");
});

test.each([
  [{ cpu: 1_000, memory: 1_024 }, 1],
  [{ cpu: 2_000, memory: 4_096 }, 8],
  [{ cpu: 4_000, memory: 12_288 }, 16],
  [{ cpu: 6_000, memory: 3_072 }, 10],
])("parallelism follows the size of the container: %j", (size, expected) => {
  expect(parallelism(size)).toBe(expected);
});

test("a name that every object has is a name like any other", () => {
  const base = { plain: { constructor: "1" }, secret: {} };
  expect(mergeVariables<string>(base, { plain: {}, secret: {} })).toEqual(base);
});

test("a name that is set again, plain or secret, is in one place only", () => {
  const base = { plain: { A: "1", B: "1" }, secret: { C: "1", D: "1" } };
  const over = { plain: { A: "2", C: "2" }, secret: { B: "2" } };
  expect(mergeVariables<string>(base, over)).toEqual({
    plain: { A: "2", C: "2" },
    secret: { B: "2", D: "1" },
  });
});
