import { logConnection } from "../../../components/logs/logConnection";
import { Target } from "../../../scripts/migration/target";

const logs = {
  accessKey: "key",
  secretKey: "secret",
  endpoint: "https://s3.fr-par.scw.cloud",
  region: "fr-par",
};
const variables = {
  AIRFLOW__DATABASE__SQL_ALCHEMY_CONN:
    "postgresql+psycopg2://airflow:p%40w%2F@10.0.0.2:5432/own?sslmode=verify-ca&sslrootcert=/opt/airflow/database.crt",
  AIRFLOW_DATABASE_CERTIFICATE: "certificate",
  AIRFLOW__CORE__FERNET_KEY: "new,before",
  AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER: "s3://lvao-preprod-airflow",
  AIRFLOW_CONN_S3LOGS: logConnection(logs),
};

const targetAt = (publicEndpoint: string) =>
  new Target({
    stack: "preprod",
    deployed: {
      ...{ region: "fr-par", instanceId: "id", instanceName: "own", databaseName: "own" },
      ...{ userName: "airflow", containers: [] },
    },
    publicEndpoint,
    image: "registry/webserver@sha256:0",
    variables,
  });

test("a database is reached by the public address, and no other server is trusted", () => {
  expect(targetAt("51.1.2.3:6432").address("copy")).toEqual({
    ...{ host: "51.1.2.3", port: "6432", user: "airflow", password: "p@w/", database: "copy" },
    ...{ sslmode: "require", certificate: "certificate" },
  });
  expect(() => targetAt("").address("copy")).toThrow(
    /pulumi config set -s preprod --path 'airflow:database\.publicAccess\[0\]'/,
  );
});

test("the webserver's image gets its own variables, with that database and all keys, the newest first", () => {
  const { AIRFLOW__DATABASE__SQL_ALCHEMY_CONN, AIRFLOW__CORE__FERNET_KEY, ...rest } = targetAt(
    "51.1.2.3:6432",
  ).variablesFor("copy", ["former"]);
  expect(AIRFLOW__DATABASE__SQL_ALCHEMY_CONN).toBe(
    "postgresql+psycopg2://airflow:p%40w%2F@51.1.2.3:6432/copy?sslmode=verify-ca&sslrootcert=/opt/airflow/database.crt",
  );
  expect(AIRFLOW__CORE__FERNET_KEY).toBe("new,before,former");
  expect(variables).toMatchObject(rest);
});

test("logs are written where and as the environment writes them", () => {
  expect(targetAt("").logs).toEqual({ location: "s3://lvao-preprod-airflow", ...logs });
});
