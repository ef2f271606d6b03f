import * as pulumi from "@pulumi/pulumi";
import { AirflowEnvironment, AirflowEnvironmentArgs, RotationArgs } from "../../components";
import { named, record, Registered, resolved } from "../mocks";

const secretManager = ({ token }: { token: string }) =>
  token === "scaleway:secrets/getSecret:getSecret"
    ? { secretId: "secret-1" }
    : { data: Buffer.from("kept-elsewhere").toString("base64") };

const build = (args: Partial<AirflowEnvironmentArgs> = {}) =>
  record(
    () =>
      new AirflowEnvironment("airflow", {
        prefix: "lvao",
        environment: "preprod",
        registrySecretKey: "push-secret",
        ...args,
      }),
    {},
    secretManager,
  );

const objects: Partial<AirflowEnvironmentArgs> = {
  connections: {
    warehouse: { type: "postgres", host: pulumi.output("db"), password: "typed-password" },
    lake: { uri: { fromSecretManager: "data/lake" } },
  },
  airflowVariables: { key: "typed-variable", batch: 10 },
  pools: { dbt: { slots: 4 } },
};

const names = (resources: { type: string; inputs: Record<string, unknown> }[]) =>
  resources
    .filter(({ type }) => type.startsWith("scaleway:") && !type.startsWith("scaleway:iam"))
    .map(({ type, inputs }) => `${type.split(":")[2]} ${inputs.name ?? ""}`.trim())
    .sort();

test("creates exactly the documented resources, under the documented names", async () => {
  const { resources } = await build();
  expect(names(resources)).toEqual([
    "Bucket lvao-preprod-airflow",
    "BucketAcl",
    "BucketServerSideEncryptionConfiguration",
    "Container lvao-airflow-scheduler",
    "Container lvao-airflow-webserver",
    "Database lvao-preprod-airflow",
    "Instance lvao-preprod-airflow",
    "Namespace lvao-preprod",
    "Namespace lvao-preprod-airflow",
    "PrivateNetwork lvao-preprod-airflow",
    "Privilege",
    "Project lvao-preprod-airflow",
    "User airflow",
  ]);
  expect(resources.filter(({ type }) => type === "docker:index/image:Image")).toHaveLength(2);
  expect(resources.filter(({ type }) => type.startsWith("scaleway:registry"))).toHaveLength(1);
});

test("an image that exists is deployed as it is, and the other one is built", async () => {
  const image = `rg.fr-par.scw.cloud/lvao/scheduler@sha256:${"0".repeat(64)}`;
  const { result, resources } = await build({
    images: { scheduler: image },
    dagProcessor: { memory: 1_024 },
  });
  const builds = resources.filter(({ type }) => type === "docker:index/image:Image");
  expect(builds.map(({ name }) => name)).toEqual(["airflow-webserver-image"]);
  for (const role of ["scheduler", "dagProcessor"]) {
    expect(named(resources, `airflow-${role}-container`).inputs.image).toBe(image);
  }
  expect((await resolved(result.images)).value.scheduler).toBe(image);
});

test("every child hangs under the environment", async () => {
  const { resources } = await build();
  expect(resources.filter(({ parent }) => parent === undefined).map(({ name }) => name)).toEqual([
    "airflow",
  ]);
});

test("every name can be overridden", async () => {
  const { resources } = await build({
    names: {
      namespace: "ns",
      registry: "ns-qfdmo",
      privateNetwork: "net",
      database: "db",
      bucket: "qfdmo-airflow-logs",
      webserver: "web",
      scheduler: "sched",
      dagProcessor: "dagp",
    },
    dagProcessor: { memory: 1_024 },
  });
  expect(names(resources)).toEqual([
    "Bucket qfdmo-airflow-logs",
    "BucketAcl",
    "BucketServerSideEncryptionConfiguration",
    "Container dagp",
    "Container sched",
    "Container web",
    "Database db",
    "Instance db",
    "Namespace ns",
    "Namespace ns-qfdmo",
    "PrivateNetwork net",
    "Privilege",
    "Project qfdmo-airflow-logs",
    "User airflow",
  ]);
});

test("two containers by default; the dag-processor gets its own by one setting, on the scheduler's image", async () => {
  const two = await build();
  expect(named(two.resources, "airflow-scheduler-container").inputs.args).toEqual([
    "scheduler",
    "dag-processor",
    "triggerer",
  ]);
  const three = await build({ dagProcessor: { memory: 1_024 } });
  const image = "rg.fr-par.scw.cloud/lvao-preprod-airflow/lvao-airflow-scheduler@sha256:0";
  expect(named(three.resources, "airflow-scheduler-container").inputs).toMatchObject({
    image,
    args: ["scheduler", "triggerer"],
  });
  expect(named(three.resources, "airflow-dagProcessor-container").inputs).toMatchObject({
    name: "lvao-airflow-dag-processor",
    image,
    args: ["dag-processor"],
    cpuLimit: 1_000,
    memoryLimitBytes: 1_024_000_000,
  });
  expect(three.resources.filter(({ type }) => type === "docker:index/image:Image")).toHaveLength(2);
});

test("the scheduler is deployed last: it ends rotations, and must not while a container lacks a secret", async () => {
  const { resources } = await build({ dagProcessor: { memory: 1_024 } });
  const after = named(resources, "airflow-scheduler-container").dependencies;
  expect(after).toContain("airflow-dagProcessor-container");
  expect(after).toContain("airflow-webserver-container");
  expect(named(resources, "airflow-scheduler-image").dependencies).not.toContain(
    "airflow-dagProcessor-container",
  );
});

test("tasks report to the webserver's public address", async () => {
  const { resources } = await build();
  expect(named(resources, "airflow-scheduler-container").inputs.environmentVariables).toMatchObject(
    {
      AIRFLOW__CORE__EXECUTION_API_SERVER_URL: "https://lvao-airflow-webserver.example/execution/",
    },
  );
});

test("containers share the private network with the database, which has no other endpoint", async () => {
  const { resources } = await build();
  const networkId = "airflow-network-id";
  expect(named(resources, "airflow-database-instance").inputs).toMatchObject({
    privateNetwork: { pnId: networkId, enableIpam: true },
  });
  for (const role of ["webserver", "scheduler"]) {
    expect(named(resources, `airflow-${role}-container`).inputs.privateNetworkId).toBe(networkId);
  }
});

test("users add their own variables, plain and secret, for all roles or one", async () => {
  const { resources } = await build({
    variables: { all: { WEBAPP_URL: "u", SHARED: "all" }, scheduler: { SHARED: "one" } },
    secretVariables: { scheduler: { DATABASE_URL: "hidden", AIRFLOW__CORE__PARALLELISM: "3" } },
  });
  const webserver = named(resources, "airflow-webserver-container").inputs;
  const scheduler = named(resources, "airflow-scheduler-container").inputs;
  expect(webserver.environmentVariables).toMatchObject({ WEBAPP_URL: "u", SHARED: "all" });
  expect(scheduler.environmentVariables).toMatchObject({ WEBAPP_URL: "u", SHARED: "one" });
  expect(scheduler.environmentVariables).not.toHaveProperty("AIRFLOW__CORE__PARALLELISM");
  expect(scheduler.secretEnvironmentVariables).toMatchObject({
    secret: { DATABASE_URL: "hidden", AIRFLOW__CORE__PARALLELISM: "3" },
  });
  expect(webserver.secretEnvironmentVariables).not.toHaveProperty("secret.DATABASE_URL");
});

test("database, bucket and containers are protected unless told otherwise; only then go the logs too", async () => {
  const guarded = await build();
  const open = await build({ protect: false });
  const isProtected = (built: typeof guarded, name: string) => named(built.resources, name).protect;
  for (const name of [
    "airflow-database-instance",
    "airflow-logs-bucket",
    "airflow-webserver-container",
    "airflow-scheduler-container",
  ]) {
    expect(isProtected(guarded, name)).toBe(true);
    expect(isProtected(open, name)).toBe(false);
  }
  expect(named(guarded.resources, "airflow-logs-bucket").inputs.forceDestroy).toBe(false);
  expect(named(open.resources, "airflow-logs-bucket").inputs.forceDestroy).toBe(true);
});

const generations = (resources: Registered[], name: string) =>
  resources.flatMap((resource) => new RegExp(`^${name}-(\\d+)$`).exec(resource.name)?.[1] ?? []);

test.each<[string, RotationArgs, string[], string[]]>([
  ["nothing", {}, ["1"], ["1"]],
  ["one of them", { fernetKey: 2 }, ["2", "1"], ["1"]],
  ["all, by two at once", { all: 3 }, ["3", "2", "1"], ["3"]],
  ["all and one of them", { all: 2, fernetKey: 2 }, ["3", "2", "1"], ["2"]],
])("a number makes secrets anew: %s", async (_what, rotation, fernetKeys, logKeys) => {
  const { resources } = await build({ rotation });
  expect(generations(resources, "airflow-secrets-fernet-key")).toEqual(fernetKeys);
  expect(generations(resources, "airflow-logs-key")).toEqual(logKeys);
});

test("a rotation of all changes each secret in the containers, and hands on what is read meanwhile", async () => {
  const containers = async (rotation: RotationArgs) => {
    const { resources } = await build({ rotation });
    return ["webserver", "scheduler"].map((role) => {
      const { inputs } = named(resources, `airflow-${role}-container`);
      const secrets = (inputs.secretEnvironmentVariables as { secret: Record<string, string> })
        .secret;
      return { ...(inputs.environmentVariables as Record<string, string>), ...secrets };
    });
  };
  const [before, after] = [await containers({}), await containers({ all: 2 })];
  const changed = (index: number) =>
    Object.keys(after[index]!)
      .filter((name) => before[index]![name] !== after[index]![name])
      .sort();
  const both = [
    "AIRFLOW__API_AUTH__JWT_KID",
    "AIRFLOW__API_AUTH__JWT_SECRET",
    "AIRFLOW__API__SECRET_KEY",
    "AIRFLOW__CORE__FERNET_KEY",
    "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN",
    "FORMER_DATABASE_PASSWORDS",
  ];
  expect(changed(0)).toEqual(["ADMIN_PASSWORD", ...both, "FORMER_JWT_SECRET"].sort());
  expect(changed(1)).toEqual(both);
  expect(after[1]!.FORMER_DATABASE_PASSWORDS).toBe('["Pw/airflow-database-user-password-1!"]');
});

test("connections, variables and pools reach the webserver alone, in one secret variable", async () => {
  const { resources } = await build(objects);
  const secretsOf = (role: string) =>
    (named(resources, `airflow-${role}-container`).inputs.secretEnvironmentVariables as any).secret;
  expect(JSON.parse(secretsOf("webserver").DECLARED_OBJECTS)).toEqual({
    connections: {
      warehouse: { conn_type: "postgres", host: "db", password: "typed-password" },
      lake: { uri: "kept-elsewhere" },
    },
    variables: { key: { value: "typed-variable" }, batch: { value: 10 } },
    pools: { dbt: { slots: 4, include_deferred: false } },
  });
  expect(secretsOf("scheduler")).not.toHaveProperty("DECLARED_OBJECTS");
});

test("secret variables may be kept in Secret Manager", async () => {
  const { resources } = await build({
    secretVariables: { scheduler: { TOKEN: { fromSecretManager: "token" } } },
  });
  expect(
    named(resources, "airflow-scheduler-container").inputs.secretEnvironmentVariables,
  ).toMatchObject({ secret: { TOKEN: "kept-elsewhere" } });
});

test("no secret stands in the open in anything that is registered", async () => {
  const { resources } = await build({
    ...objects,
    secretVariables: { all: { TOKEN: "typed-secret" } },
    rotation: { all: 3 },
  });
  const open = JSON.stringify(resources, (_key, value) =>
    value !== null && typeof value === "object" && "secret" in value ? "[secret]" : value,
  );
  for (const secret of [
    "Pw/",
    "log-secret",
    "push-secret",
    "typed-secret",
    "typed-password",
    "typed-variable",
    "kept-elsewhere",
  ]) {
    expect(open).not.toContain(secret);
    expect(JSON.stringify(resources)).toContain(secret);
  }
});

test("gives what other stacks need, the password as a secret", async () => {
  const { result } = await build({ adminUsername: "chef" });
  const open = <T>(value: T) => ({ value, secret: false });
  expect(await resolved(result.webserverUrl)).toEqual(
    open("https://lvao-airflow-webserver.example"),
  );
  expect(await resolved(result.adminUsername)).toEqual(open("chef"));
  expect(await resolved(result.bucketName)).toEqual(open("lvao-preprod-airflow"));
  expect(await resolved(result.databaseEndpoint)).toEqual(open("172.16.4.2:5432"));
  expect(await resolved(result.images)).toEqual(
    open({
      webserver: "rg.fr-par.scw.cloud/lvao-preprod-airflow/lvao-airflow-webserver@sha256:0",
      scheduler: "rg.fr-par.scw.cloud/lvao-preprod-airflow/lvao-airflow-scheduler@sha256:0",
    }),
  );
  expect(await resolved(result.adminPassword)).toEqual({
    value: "Pw/airflow-secrets-admin-password-1!",
    secret: true,
  });
});
