import {
  CheckList,
  checkList,
  describeCheckList,
  settingsOf,
} from "../../../scripts/migration/checkList";

const kinds = (list: CheckList) =>
  Object.fromEntries(Object.entries(list).map(([name, { kind }]) => [name, kind]));

const variables = {
  AIRFLOW__CORE__EXECUTOR: "LocalExecutor",
  AIRFLOW__CORE__SQL_ALCHEMY_CONN: "postgresql://u:hidden@h/d",
  AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC: "postgresql://u:hidden@h/d",
  AIRFLOW__CORE__DAGS_FOLDER: "/app/dags",
  AIRFLOW_HOME: "/app",
  AIRFLOW__CORE__FERNET_KEY: "hidden key",
  AIRFLOW__SCHEDULER__MIN_FILE_PROCESS_INTERVAL: "45",
  AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION: "True",
  AIRFLOW__WEBSERVER__WARN_DEPLOYMENT_EXPOSURE: "False",
  AIRFLOW_WEBSERVER_INSTANCE_NAME: "LVAO",
  AIRFLOW__CORE__PARALELISM: "3",
  AIRFLOW_CONN_WEBAPP_DB: "postgres://u:hidden@h/d",
  DATABASE_URL: "postgres://u:hidden@h/d",
  PORT: "8080",
  SCW_ACCESS_KEY: "hidden",
  CC_DOCKERFILE: "airflow-scheduler.Dockerfile",
  POSTGRESQL_ADDON_PASSWORD: "hidden",
  CELLAR_ADDON_KEY_SECRET: "hidden",
  EMPTY: "",
};

test("each variable has a verdict", () => {
  expect(kinds(checkList(variables))).toEqual({
    AIRFLOW__CORE__EXECUTOR: "seenTo",
    AIRFLOW__CORE__SQL_ALCHEMY_CONN: "seenTo",
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC: "seenTo",
    AIRFLOW__CORE__DAGS_FOLDER: "seenTo",
    AIRFLOW_HOME: "seenTo",
    AIRFLOW__CORE__FERNET_KEY: "seenTo",
    AIRFLOW__SCHEDULER__MIN_FILE_PROCESS_INTERVAL: "setting",
    AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION: "setting",
    AIRFLOW__WEBSERVER__WARN_DEPLOYMENT_EXPOSURE: "undecided",
    AIRFLOW_WEBSERVER_INSTANCE_NAME: "undecided",
    AIRFLOW__CORE__PARALELISM: "undecided",
    AIRFLOW_CONN_WEBAPP_DB: "setting",
    DATABASE_URL: "setting",
    PORT: "seenTo",
    SCW_ACCESS_KEY: "undecided",
    CC_DOCKERFILE: "seenTo",
    POSTGRESQL_ADDON_PASSWORD: "seenTo",
    CELLAR_ADDON_KEY_SECRET: "seenTo",
    EMPTY: "seenTo",
  });
});

test("settings go under the names that Airflow has now, and whatever may be secret is", () => {
  expect(settingsOf(checkList(variables), variables)).toEqual({
    plain: {
      AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL: "45",
      AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION: "True",
    },
    secret: {
      AIRFLOW_CONN_WEBAPP_DB: variables.AIRFLOW_CONN_WEBAPP_DB,
      DATABASE_URL: variables.DATABASE_URL,
    },
  });
});

test("the list names all of them, and no value", () => {
  const said = describeCheckList(checkList(variables));
  for (const name of Object.keys(variables)) expect(said).toContain(`  ${name}`);
  expect(said).not.toContain("hidden");
  expect(said).toMatch(/Unknown here.*\n {2}DATABASE_URL -> airflow:secretVariables\.all\./);
  expect(said).toMatch(
    /Left out until you decide:\n {2}AIRFLOW_WEBSERVER_INSTANCE_NAME: .*API__INST/,
  );
});
