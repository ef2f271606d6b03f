import { SecretReference } from "../../../components/secrets/secretReference";
import { checkEnvironment } from "../../../components/checks/checkEnvironment";

const problemsOf = (input: object) => checkEnvironment(input, "preprod").problems;

test("fills in every default, in Scaleway's units", () => {
  expect(checkEnvironment({ prefix: "lvao", scheduler: { memory: "4Gi" } }, "preprod")).toEqual({
    problems: [],
    settings: {
      prefix: "lvao",
      names: {},
      images: {},
      context: "airflow",
      existing: {},
      baseImage: "apache/airflow:slim-3.3.2-python3.12",
      webserver: { cpu: 1_000, memory: 2_048, localStorage: 1_000, requestTimeout: 300 },
      scheduler: { cpu: 2_000, memory: 4_295, localStorage: 10_000 },
      database: {
        nodeType: "DB-PLAY2-NANO",
        volumeSize: 10,
        highAvailability: false,
        backupRetention: 7,
      },
      logs: { retention: 90, versioning: false },
      adminUsername: "admin",
      rotation: {
        all: 1,
        fernetKey: 1,
        jwtSecret: 1,
        databasePassword: 1,
        adminPassword: 1,
        logKey: 1,
      },
      variables: {},
      secretVariables: {},
      connections: {},
      airflowVariables: {},
      pools: {},
      protect: true,
    },
  });
});

test("what it gives out can be checked again and stays the same", () => {
  const written = {
    prefix: "lvao",
    dagProcessor: { cpu: "1 vCPU" },
    secretVariables: { all: { TOKEN: { fromSecretManager: "token" } } },
    connections: { warehouse: { uri: { fromSecretManager: "warehouse" } } },
    airflowVariables: { batch: 10, nested: { value: { value: 1 } }, both: { value: 1, other: 2 } },
    pools: { dbt: { slots: 4 } },
    webserver: { requestTimeout: "5 minutes" },
  };
  const { settings } = checkEnvironment(written, "preprod");
  expect(checkEnvironment(settings!, "preprod")).toEqual({ settings, problems: [] });
});

test("a quantity that cannot be read says what is allowed and one that can be typed", () => {
  expect(problemsOf({ prefix: "lvao", scheduler: { memory: "lots" } })).toEqual([
    {
      path: ["scheduler", "memory"],
      rule: "type",
      severity: "error",
      message:
        '"lots" is not an amount of memory; allowed: 128 to 12288 MB, such as 4096, 4GB or 4Gi',
      fix: "4Gi",
    },
  ]);
});

test("an unknown key is answered with the nearest known one, at any depth", () => {
  const fixes = problemsOf({
    prefix: "lvao",
    shceduler: {},
    database: { nodetype: "x" },
    zzz: 1,
  }).map(({ path, rule, fix }) => [path.join("."), rule, fix]);
  expect(fixes).toEqual([
    ["database.nodetype", "unknown-key", "nodeType"],
    ["shceduler", "unknown-key", "scheduler"],
    ["zzz", "unknown-key", undefined],
  ]);
});

test("a missing prefix is said to be missing", () => {
  expect(problemsOf({})).toEqual([
    { path: ["prefix"], rule: "missing", severity: "error", message: "is missing" },
  ]);
});

test("no value of a secret variable is repeated", () => {
  const problems = problemsOf({ prefix: "lvao", secretVariables: { scheduler: "hush-hush" } });
  expect(problems).toHaveLength(1);
  expect(JSON.stringify(problems)).not.toContain("hush-hush");
});

test("no value of a connection or of a variable of Airflow is repeated", () => {
  const problems = problemsOf({
    prefix: "lvao",
    connections: {
      warehouse: "hush-hush",
      lake: { type: 1, extra: "hush-hush", passwrd: "hush-hush" },
    },
    airflowVariables: "hush-hush",
  });
  expect(problems.map(({ path, fix }) => [path.join("."), fix])).toEqual([
    ["connections.warehouse", undefined],
    ["connections.lake.type", undefined],
    ["connections.lake.extra", undefined],
    ["connections.lake.passwrd", "password"],
    ["airflowVariables", undefined],
  ]);
  expect(JSON.stringify(problems)).not.toContain("hush-hush");
});

test.each([
  ["hush-hush", ["logs"]],
  [{ key: "hush-hush" }, ["logs.key"]],
  [{ key: { accessKey: "SCW", secretKey: ["hush-hush"] } }, ["logs.key.secretKey"]],
  [{ existingBucket: { secret: "hush-hush" } }, undefined],
])("no key of a log bucket is repeated, wherever it was written: %j", (logs, paths) => {
  const problems = problemsOf({ prefix: "lvao", logs });
  if (paths) expect(problems.map(({ path }) => path.join("."))).toEqual(paths);
  expect(JSON.stringify(problems)).not.toContain("hush-hush");
});

test("a key of a log bucket may be in Secret Manager", () => {
  const reference = { fromSecretManager: "logs/cellar" };
  const logs = { key: { accessKey: "SCW", secretKey: reference } };
  const { settings } = checkEnvironment({ prefix: "lvao", logs }, "preprod");
  expect(settings!.logs.key!.secretKey).toBeInstanceOf(SecretReference);
});

test("what a key of a log bucket lacks is said", () => {
  expect(problemsOf({ prefix: "lvao", logs: { key: { accessKey: "SCW" } } })).toMatchObject([
    { path: ["logs", "key", "secretKey"], message: expect.stringContaining("is missing") },
  ]);
});

test("mistakes do not hide what the rules find in the rest", () => {
  const problems = problemsOf({ prefix: "lvao", protect: "maybe", scheduler: { cpu: 9_000 } });
  expect(problems.map(({ path }) => path.join("."))).toEqual(
    expect.arrayContaining(["protect", "scheduler.cpu"]),
  );
});
