import { checkEnvironment } from "../../../components/checks/checkEnvironment";
import { changeSecrets } from "../../../emulator/containers/secrets";
import type { Found } from "../../../scripts/adoption/found";
import { GivenSecrets } from "../../../scripts/adoption/secretsFile";
import { adoptedSettings, Adoption, Imported } from "../../../scripts/adoption/settings";

const secrets = {
  AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: "postgresql://qfdmo:p%40ss@db:5432/airflow",
  AIRFLOW__API_AUTH__JWT_SECRET: "typed by hand",
  AIRFLOW__CORE__FERNET_KEY: "A".repeat(43) + "=",
  DATABASE_URL: "postgres://web:hush@web:5432/web",
};

const variables = {
  AIRFLOW__CORE__EXECUTOR: "LocalExecutor",
  AIRFLOW__LOGGING__REMOTE_LOG_CONN_ID: "scalewaylogs",
  AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER: "s3://lvao-preprod-airflow",
  AIRFLOW__CORE__ENABLE_XCOM_PICKLING: "true",
  AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION: "true",
  WEBAPP_URL: "https://web.example",
  SCW_ACCESS_KEY: "SCWXXXXXXXXXXXXXXXXX",
  OPEN: "postgres://who:hush@db/x",
};

const container = async (memory: number, cpu: number, own: Record<string, string> = {}) => ({
  cpuLimit: cpu,
  memoryLimitBytes: memory * 1_000_000,
  localStorageLimitBytes: 20_480_000_000,
  timeout: 600,
  environmentVariables: { ...variables, ...own },
  secretEnvironmentVariables: (await changeSecrets({ values: {}, hashes: {} }, secrets)).hashes,
});

const imported = async (more: Imported = {}): Promise<Imported> => ({
  namespace: { name: "lvao-preprod", environmentVariables: { FROM_NAMESPACE: "yes" } },
  webserver: await container(2_048, 1_000),
  scheduler: await container(12_288, 4_000, { ENVIRONMENT: "preprod" }),
  dagProcessor: await container(1_024, 1_000),
  instance: {
    engine: "PostgreSQL-16",
    userName: "qfdmo",
    nodeType: "db-gp-xs",
    isHaCluster: true,
    volumeType: "sbs_15k",
    volumeSizeInGb: 25,
    backupScheduleRetention: 14,
    loadBalancer: { ip: "51.0.0.1" },
  },
  database: { name: "airflow" },
  bucket: { name: "lvao-preprod-airflow", projectId: "project-1" },
  ...more,
});

const found = (kind: Found["kind"], name: string, more: Partial<Found> = {}): Found => ({
  kind,
  name,
  id: `fr-par/${name}`,
  address: "here",
  ...more,
});

const mapping = {
  namespace: found("namespace", "lvao-preprod"),
  webserver: found("container", "lvao-airflow-webserver"),
  scheduler: found("container", "old-scheduler", { image: "rg.fr-par.scw.cloud/ns-qfdmo/s:1" }),
  dagProcessor: found("container", "lvao-airflow-dag-processor"),
  instance: found("instance", "lvao-preprod-airflow", { user: "qfdmo" }),
  database: found("database", "airflow"),
  bucket: found("bucket", "lvao-preprod-airflow"),
};

const settings = async (change: Partial<Adoption> = {}, given: Record<string, string> = secrets) =>
  adoptedSettings({
    stack: "preprod",
    prefix: "lvao",
    mapping,
    imported: await imported(),
    given: new GivenSecrets(given),
    ...change,
  });

test("keeps sizes, names, variables and what cannot change", async () => {
  const { plain } = await settings();
  expect(plain).toEqual({
    prefix: "lvao",
    names: { scheduler: "old-scheduler" },
    webserver: { cpu: 1_000, memory: 2_048, localStorage: 20_480, requestTimeout: 600 },
    scheduler: { cpu: 4_000, memory: 12_288, localStorage: 20_480 },
    dagProcessor: { cpu: 1_000, memory: 1_024, localStorage: 20_480 },
    database: { nodeType: "DB-GP-XS", volumeSize: 25, highAvailability: true, backupRetention: 14 },
    logs: { projectId: "project-1", retention: "forever" },
    protect: true,
    variables: {
      all: {
        AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION: "true",
        FROM_NAMESPACE: "yes",
        WEBAPP_URL: "https://web.example",
      },
      scheduler: { ENVIRONMENT: "preprod" },
    },
    adopted: {
      database: {
        name: "airflow",
        username: "qfdmo",
        administrator: "qfdmo",
        volumeType: "sbs_15k",
      },
    },
  });
});

test("keeps secrets apart; one that was in the open is one too", async () => {
  const { secret } = await settings();
  const byPath = Object.fromEntries(secret.map(([path, value]) => [path.join("."), value]));
  expect(byPath).toEqual({
    "secretVariables.all.DATABASE_URL": secrets.DATABASE_URL,
    "secretVariables.all.OPEN": variables.OPEN,
    "adopted.fernetKey": secrets.AIRFLOW__CORE__FERNET_KEY,
    "adopted.jwtSecret": "typed by hand",
    "adopted.database.password": "p@ss",
  });
});

test("says what is not kept, and why", async () => {
  const { notes } = await settings();
  expect(notes).toEqual([
    expect.stringMatching(/^variables.all.SCW_ACCESS_KEY is left out: Scaleway sets PORT and/),
    expect.stringMatching(
      /^variables.all.AIRFLOW__CORE__ENABLE_XCOM_PICKLING is left out: is ignor/,
    ),
    expect.stringMatching(/keeps its public endpoint, open to every address/),
    expect.stringMatching(/no longer from rg.fr-par.scw.cloud\/ns-qfdmo/),
  ]);
});

test("the settings are accepted, and mean what was there", async () => {
  const { plain, secret } = await settings();
  const whole = structuredClone(plain) as Record<string, any>;
  for (const [path, value] of secret) {
    const last = path.at(-1)!;
    path.slice(0, -1).reduce((inner, key) => (inner[key] ??= {}), whole)[last] = value;
  }
  expect(checkEnvironment(whole, "preprod").problems).toEqual([]);
});

test("logs stay as long as they did", async () => {
  const lifecycleRules = [
    { enabled: true, prefix: "tmp/", expiration: { days: 1 } },
    { enabled: true, expiration: { days: 30 } },
  ];
  const bucket = { projectId: "project-1", lifecycleRules };
  const { plain } = await settings({ imported: await imported({ bucket }) });
  expect(plain.logs).toEqual({ projectId: "project-1", retention: 30 });
});

test("logs in a folder of the bucket stay there", async () => {
  const folder = "s3://lvao-preprod-airflow/airflow/logs";
  const own = { AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER: folder };
  const webserver = await container(2_048, 1_000, own);
  const { plain } = await settings({ imported: await imported({ webserver }) });
  expect(plain.variables).toHaveProperty(
    "webserver.AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER",
    folder,
  );
});

test("another user than the administrator keeps its password, and the administrator too", async () => {
  const { secret } = await settings({
    imported: await imported({
      instance: { ...(await imported()).instance, userName: "root" },
    }),
    mapping: { ...mapping, instance: { ...mapping.instance, user: "root", password: "of root" } },
  });
  expect(secret).toContainEqual([["adopted", "database", "password"], "p@ss"]);
  expect(secret).toContainEqual([["adopted", "database", "administratorPassword"], "of root"]);
});

test("a network that is managed elsewhere is used as it is", async () => {
  const instance = { ...(await imported()).instance, privateNetwork: { pnId: "fr-par/net" } };
  const { plain } = await settings({ imported: await imported({ instance }) });
  expect(plain.existing).toEqual({ privateNetworkId: "fr-par/net" });
});

describe("refuses", () => {
  test("secrets that lack, all at once, with what to do", async () => {
    await expect(settings({}, {})).rejects.toThrow(
      /values: AIRFLOW__API_AUTH__JWT_SECRET, AIRFLOW__CORE__FERNET_KEY, AIRFLOW__DATABASE__SQL_ALCHEMY_CONN, DATABASE_URL. .*--secrets <file>\n.*password of Airflow's user/s,
    );
  });

  test("a secret that is not the deployed one, without saying either", async () => {
    const wrong = { ...secrets, AIRFLOW__CORE__FERNET_KEY: "B".repeat(43) + "=" };
    const refusal = settings({}, wrong);
    await expect(refusal).rejects.toThrow(/given for AIRFLOW__CORE__FERNET_KEY is not the one/);
    await expect(refusal).rejects.not.toThrow(/BBB/);
  });

  test("another PostgreSQL", async () => {
    const instance = { ...(await imported()).instance, engine: "PostgreSQL-14" };
    await expect(settings({ imported: await imported({ instance }) })).rejects.toThrow(
      /runs PostgreSQL-14, the environment PostgreSQL-16. Upgrade it first/,
    );
  });

  test("sizes that Scaleway no longer gives", async () => {
    const webserver = await container(64, 1_000);
    await expect(settings({ imported: await imported({ webserver }) })).rejects.toThrow(
      /one that these components do not make:\n.*airflow:webserver.memory/,
    );
  });
});
