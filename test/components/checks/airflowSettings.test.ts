import { readFileSync } from "node:fs";
import { checkAirflowVariables } from "../../../components/checks/airflowSettings";
import { airflowSettings } from "../../../components/checks/airflowSettingsList";

const check = (variables: Record<string, string | undefined>) =>
  checkAirflowVariables(variables, ["variables", "all"]);

/** What is said of one variable, as `severity: message -> fix`. */
const said = (name: string, value?: string) =>
  check({ [name]: value }).map(({ severity, message, fix }) =>
    [`${severity}: ${message}`, ...(fix === undefined ? [] : [fix])].join(" -> "),
  );

test("what production sets today: everything that has no effect or an old name is said, and nothing else", () => {
  const production = [
    "API__AUTH_BACKENDS",
    "API__THEME",
    "CORE__ALLOWED_DESERIALIZATION_CLASSES_REGEXP",
    "CORE__AUTH_MANAGER",
    "CORE__DAGS_ARE_PAUSED_AT_CREATION",
    "CORE__DAGS_FOLDER",
    "CORE__ENABLE_XCOM_PICKLING",
    "CORE__EXECUTOR",
    "CORE__FERNET_KEY",
    "CORE__LOAD_EXAMPLES",
    "DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL",
    "DAG_PROCESSOR__PARSING_PROCESSES",
    "LOGGING__REMOTE_LOGGING",
    "LOGGING__REMOTE_BASE_LOG_FOLDER",
    "LOGGING__REMOTE_LOG_CONN_ID",
    "LOGGING__ENCRYPT_S3_LOGS",
    "SCHEDULER__ENABLE_HEALTH_CHECK",
    "WEBSERVER__EXPOSE_CONFIG",
    "WEBSERVER__INSTANCE_NAME",
    "WEBSERVER__WARN_DEPLOYMENT_EXPOSURE",
    "WEBSERVER__WORKERS",
    "API_AUTH__JWT_SECRET",
    "CORE__EXECUTION_API_SERVER_URL",
    "DATABASE__SQL_ALCHEMY_CONN",
  ].map((name) => `AIRFLOW__${name}`);
  const own = ["DATABASE_URL", "AIRFLOW_CONN_WEBAPP_DB", "DB_WAREHOUSE", "WEBAPP_URL"];
  const names = [...production, "AIRFLOW_WEBSERVER_WARN_DEPLOYMENT_EXPOSURE", ...own];
  const problems = check(Object.fromEntries(names.map((name) => [name, undefined])));
  const findings = problems.map(({ path, severity, message, fix }) => [
    path.at(-1),
    severity,
    message,
    fix,
  ]);
  expect(findings).toMatchInlineSnapshot(`
   [
     [
       "AIRFLOW__API__AUTH_BACKENDS",
       "error",
       "is ignored by Airflow 3.3.2: [api] auth_backends is [fab] auth_backends now (the REST API takes only tokens, from POST /auth/token, whichever backends are set)",
       "AIRFLOW__FAB__AUTH_BACKENDS",
     ],
     [
       "AIRFLOW__CORE__ENABLE_XCOM_PICKLING",
       "error",
       "is ignored by Airflow 3.3.2, which has no [core] enable_xcom_pickling any more; take it out: XComs are JSON; give your own classes serialize() and deserialize(), and let them in with AIRFLOW__CORE__ALLOWED_DESERIALIZATION_CLASSES_REGEXP",
       undefined,
     ],
     [
       "AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK",
       "warning",
       "has no effect, as the containers set it when they start: their own server answers GET /health on port 8974, for every process in the container",
       undefined,
     ],
     [
       "AIRFLOW__WEBSERVER__EXPOSE_CONFIG",
       "warning",
       "is an old name, which Airflow 3.3.2 still reads: [webserver] expose_config is [api] expose_config now, since Airflow 3.0.1",
       "AIRFLOW__API__EXPOSE_CONFIG",
     ],
     [
       "AIRFLOW__WEBSERVER__INSTANCE_NAME",
       "warning",
       "is an old name, which Airflow 3.3.2 still reads: [webserver] instance_name is [api] instance_name now, since Airflow 3.1.0",
       "AIRFLOW__API__INSTANCE_NAME",
     ],
     [
       "AIRFLOW__WEBSERVER__WARN_DEPLOYMENT_EXPOSURE",
       "error",
       "is ignored by Airflow 3.3.2, which has no [webserver] warn_deployment_exposure any more; take it out: nothing replaces it",
       undefined,
     ],
     [
       "AIRFLOW__WEBSERVER__WORKERS",
       "error",
       "is ignored, as the image sets AIRFLOW__API__WORKERS: [webserver] workers is [api] workers now, since Airflow 3.0",
       "AIRFLOW__API__WORKERS",
     ],
     [
       "AIRFLOW_WEBSERVER_WARN_DEPLOYMENT_EXPOSURE",
       "error",
       "is not read by Airflow, whose settings are written AIRFLOW__SECTION__OPTION: in capitals, with two underscores before the section and before the option. Written so, it is ignored by Airflow 3.3.2, which has no [webserver] warn_deployment_exposure any more; take it out: nothing replaces it",
       undefined,
     ],
   ]
  `);
});

test("a problem says where the variable was written, and by which rule", () => {
  expect(check({ AIRFLOW__CORE__TASK_RUNNER: "x" })).toEqual([
    {
      path: ["variables", "all", "AIRFLOW__CORE__TASK_RUNNER"],
      rule: "A5",
      severity: "error",
      message: "is ignored by Airflow 3.3.2, which has no [core] task_runner any more; take it out",
    },
  ]);
});

test.each([
  "DATABASE_URL",
  "PATH",
  "AIRFLOW_HOME",
  "AIRFLOW_CONFIG",
  "AIRFLOW_CONN_S3LOGS",
  "AIRFLOW_VAR_CORE__EXECUTOR",
  "_AIRFLOW_WWW_USER_CREATE",
  "AIRFLOW_WAREHOUSE",
  "MY_AIRFLOW__CORE__EXECUTOR",
  "AIRFLOW__CORE__PARALLELISM",
  "AIRFLOW__COMMON_IO__XCOM_OBJECTSTORAGE_PATH",
  "AIRFLOW__FAB__PROXY_FIX_X_FOR",
  "AIRFLOW__CORE__FERNET_KEY_CMD",
  "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_SECRET",
  "AIRFLOW__SCHEDULER__NUM_STUCK_IN_QUEUED_RETRIES",
  "AIRFLOW__DAG_PROCESSOR__MP_START_METHOD",
  "AIRFLOW__SENTRY__ANYTHING",
  "AIRFLOW__SECRETS__BACKEND_KWARG__ROLE_ID",
  "AIRFLOW__TEAM_A___CORE__PARALLELISM",
])("%s is left alone", (name) => {
  expect(said(name, "4")).toEqual([]);
});

describe("names", () => {
  test.each([
    ["AIRFLOW__CORE__PARALELISM", "AIRFLOW__CORE__PARALLELISM"],
    ["AIRFLOW__API__WORKER", "AIRFLOW__API__WORKERS"],
    ["AIRFLOW__CORE__WORKERS", "AIRFLOW__API__WORKERS"],
    ["AIRFLOW__WEBSERVER__WORKER", "AIRFLOW__API__WORKERS"],
    ["AIRFLOW__CORE__LOGGING_LEVEL", "AIRFLOW__LOGGING__LOGGING_LEVEL"],
    ["AIRFLOW__SCHEDULLER__NUM_RUNS", "AIRFLOW__SCHEDULER__NUM_RUNS"],
    ["AIRFLOW__COMMON.IO__XCOM_OBJECTSTORAGE_PATH", "AIRFLOW__COMMON_IO__XCOM_OBJECTSTORAGE_PATH"],
    ["AIRFLOW_CORE_EXECUTOR", "AIRFLOW__CORE__EXECUTOR"],
    ["AIRFLOW__CORE_EXECUTOR", "AIRFLOW__CORE__EXECUTOR"],
    ["AIRFLOW__CORE___EXECUTOR", "AIRFLOW__CORE__EXECUTOR"],
    ["airflow__core__executor", "AIRFLOW__CORE__EXECUTOR"],
    ["AIRFLOW_WEBSERVER_WORKERS", "AIRFLOW__API__WORKERS"],
    ["AIRFLOW_CORE_FERNET_KEY_CMD", "AIRFLOW__CORE__FERNET_KEY_CMD"],
    ["AIRFLOW__WEBSERVER__SECRET_KEY_CMD", "AIRFLOW__API__SECRET_KEY_CMD"],
    ["AIRFLOW__CORE__EXECUTOR_CMD", "AIRFLOW__CORE__EXECUTOR"],
    ["AIRFLOW__WEBSERVER__PAGE_SIZE", "AIRFLOW__API__FALLBACK_PAGE_LIMIT"],
  ])("%s -> %s", (name, fix) => {
    expect(check({ [name]: undefined })).toMatchObject([{ fix }]);
  });

  test("what cannot be guessed is explained", () => {
    expect(said("AIRFLOW__CORE__")).toEqual([
      "error: names no option: Airflow's settings are written AIRFLOW__SECTION__OPTION",
    ]);
    expect(said("AIRFLOW__CORE__XYZ")).toEqual([
      "error: is ignored: Airflow 3.3.2 has no option xyz in [core]",
    ]);
    expect(said("AIRFLOW__COSMOS__DBT_PROJECTS")).toEqual([
      "error: is ignored: neither Airflow 3.3.2 nor a provider in the images has a section [cosmos]",
    ]);
    expect(said("AIRFLOW__CONSTRUCTOR__PROTOTYPE")).toEqual([
      "error: is ignored: neither Airflow 3.3.2 nor a provider in the images has a section [constructor]",
    ]);
    expect(said("AIRFLOW__CELERY__WORKER_CONCURRENCY")).toEqual([
      "error: is ignored: [celery] belongs to apache-airflow-providers-celery, which the images do not have. " +
        "Take it out, or add the package to them and run `npm run airflow:settings`",
    ]);
  });

  test("an old name is still read, unless the new one is set too", () => {
    const old = { AIRFLOW__WEBSERVER__BASE_URL: "x" };
    expect(check(old)).toMatchObject([{ severity: "warning", fix: "AIRFLOW__API__BASE_URL" }]);
    expect(check({ ...old, AIRFLOW__API__BASE_URL: undefined })).toMatchObject([
      {
        severity: "error",
        message: expect.stringMatching(/^is ignored, as AIRFLOW__API__BASE_URL/),
      },
    ]);
  });

  test("what has a reason has it said", () => {
    expect(said("AIRFLOW__WEBSERVER__SESSION_LIFETIME_DAYS")).toEqual([
      "error: is ignored by Airflow 3.3.2: [webserver] session_lifetime_days is [fab] " +
        "session_lifetime_minutes now (the new one is in minutes) -> AIRFLOW__FAB__SESSION_LIFETIME_MINUTES",
    ]);
    expect(said("AIRFLOW__METRICS__OTEL_HOST")).toEqual([
      expect.stringMatching(
        /^warning: \[metrics\] otel_host is deprecated since Airflow 3.2.0. Open/,
      ),
    ]);
  });
});

describe("values", () => {
  const right = {
    AIRFLOW__CORE__LOAD_EXAMPLES: ["true", "False", " T ", "0", "1 # yes", "$EXAMPLES"],
    AIRFLOW__API__WORKERS: ["4", "-1", " 4 ", "1_000", "4.0", "1e1", "${WORKERS}"],
    AIRFLOW__CORE__TASK_SUCCESS_OVERTIME: ["20", "0.5", ".5", "1e-3", "inf"],
    AIRFLOW__CORE__DEFAULT_TASK_EXECUTION_TIMEOUT: ["", "60"],
    AIRFLOW__LOGGING__LOGGING_LEVEL: ["INFO", "DEBUG", ""],
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: ["", "postgresql://a:b@c/d"],
  };
  test.each(Object.entries(right).flatMap(([name, all]) => all.map((value) => [name, value])))(
    "%s=%s is right",
    (name, value) => expect(said(name!, value)).toEqual([]),
  );

  test.each([
    ["CORE__LOAD_EXAMPLES", "yes", '"yes" is not true or false: [core] load_examples -> true'],
    ["CORE__LOAD_EXAMPLES", "", '"" is not true or false: [core] load_examples -> false'],
    ["CORE__LOAD_EXAMPLES", "flse", '"flse" is not true or false: [core] load_examples -> false'],
    ["API__WORKERS", "two", '"two" is not a whole number: [api] workers'],
    ["API__WORKERS", "2.6", '"2.6" is not a whole number: [api] workers -> 3'],
    ["API__WORKERS", "", '"" is not a whole number: [api] workers'],
    ["API__WORKERS", "inf", '"inf" is not a whole number: [api] workers'],
    [
      "CORE__TASK_SUCCESS_OVERTIME",
      "0,5",
      '"0,5" is not a number: [core] task_success_overtime -> 0.5',
    ],
    [
      "LOGGING__LOGGING_LEVEL",
      "info",
      '"info" is not a value of [logging] logging_level; ' +
        "allowed: CRITICAL, FATAL, ERROR, WARN, WARNING, INFO, DEBUG -> INFO",
    ],
    [
      "API__WORKERS",
      "9".repeat(50) + "x",
      `"${"9".repeat(40)}…" is not a whole number: [api] workers`,
    ],
  ])("AIRFLOW__%s=%s is wrong", (name, value, message) => {
    expect(said(`AIRFLOW__${name}`, value)).toEqual([`error: ${message}`]);
  });

  test("a value that Airflow did away with is refused", () => {
    expect(said("AIRFLOW__CORE__PARALLELISM", "0")).toEqual([
      expect.stringMatching(
        /^error: "0" is not a value of \[core\] parallelism any more. .*greater than 0/,
      ),
    ]);
  });

  test("a value with the name of a property of every object is only a value", () => {
    expect(said("AIRFLOW__LOGGING__LOG_FILENAME_TEMPLATE", "constructor")).toEqual([]);
  });

  test("a value that is not known is not judged", () => {
    expect(said("AIRFLOW__API__WORKERS")).toEqual([]);
  });
});

describe("the list", () => {
  const { list, byName, byFlatName } = airflowSettings();

  test("holds no two variables that differ in underscores only", () => {
    expect(byFlatName.size).toBe(byName.size);
  });

  test("says that the containers overwrite what their start script sets", () => {
    const script = readFileSync("airflow/start/scheduler.py", "utf8");
    const set = [...script.matchAll(/os\.environ\["(AIRFLOW__\w+)"\] =/g)].map(([, name]) => name);
    const overwritten = [...byName].filter(([, s]) => s.kind === "known" && s.facts.overwritten);
    expect(overwritten.map(([name]) => name)).toEqual(set);
  });

  test("covers the providers in the images", () => {
    expect(Object.keys(list.sections)).toEqual(
      expect.arrayContaining(["aws", "common.io", "fab", "postgres", "standard"]),
    );
    const providers = Object.keys(list.providers);
    expect(Object.values(list.absent).filter((name) => providers.includes(name))).toEqual([]);
  });
});
