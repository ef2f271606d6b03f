import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AirflowEnvironment, AirflowEnvironmentArgs } from "../../../../components";
import { roleDefinitions } from "../../../../components/roles";
import { checkPort } from "../../../../components/checks/rules/limits/containers";
import { checkPassword } from "../../../../components/checks/rules/limits/database";
import { Registered, record } from "../../../mocks";

/** Everything that can be set is set. */
const settings: AirflowEnvironmentArgs = {
  prefix: "lvao",
  environment: "preprod",
  names: { bucket: "logs", database: "airflow" },
  context: "platform",
  baseImage: "airflow:mine",
  registrySecretKey: "push",
  webserver: { cpu: 1_000, memory: 2_048, requestTimeout: 600 },
  scheduler: { cpu: 4_000, memory: 12_288, localStorage: 20_000 },
  dagProcessor: { memory: 1_024 },
  database: {
    nodeType: "DB-PRO2-XXS",
    volumeSize: 20,
    highAvailability: true,
    backupRetention: 30,
    publicAccess: ["203.0.113.7/32"],
  },
  logs: {
    retention: "forever",
    coldStorage: { after: 30, storageClass: "ONEZONE_IA" },
    versioning: true,
  },
  adminUsername: "root",
  variables: { all: { A: "1" } },
  secretVariables: { all: { B: "2" } },
  protect: false,
};

const containerType = "scaleway:containers/container:Container";

async function registered(args: Partial<AirflowEnvironmentArgs> = {}): Promise<Registered[]> {
  const environment = () =>
    new AirflowEnvironment("airflow", { prefix: "lvao", environment: "preprod", ...args });
  return (await record(environment)).resources;
}

async function inputsOf(type: string, args?: Partial<AirflowEnvironmentArgs>) {
  return (await registered(args))
    .filter((resource) => resource.type === type)
    .map(({ inputs }) => inputs);
}

test.each([
  ["nothing but the prefix", {}, []],
  ["everything", settings, ["scaleway:databases/acl:Acl"]],
])("with %s set, only resources whose hazards are known are registered", async (_, args, more) => {
  const types = (await registered(args)).map(({ type }) => type);
  expect([...new Set(types)].filter((type) => type.startsWith("scaleway:")).sort()).toEqual([
    "scaleway:account/project:Project",
    "scaleway:containers/container:Container",
    "scaleway:containers/namespace:Namespace",
    ...more,
    "scaleway:databases/database:Database",
    "scaleway:databases/instance:Instance",
    "scaleway:databases/privilege:Privilege",
    "scaleway:databases/user:User",
    "scaleway:iam/apiKey:ApiKey",
    "scaleway:iam/application:Application",
    "scaleway:iam/policy:Policy",
    "scaleway:network/privateNetwork:PrivateNetwork",
    "scaleway:object/bucket:Bucket",
    "scaleway:object/bucketAcl:BucketAcl",
    "scaleway:object/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "scaleway:registry/namespace:Namespace",
  ]);
});

test("no container has an input that crashes the provider or is deprecated", async () => {
  const deprecated = [
    "healthChecks",
    "deploy",
    "registryImage",
    "registrySha256",
    "memoryLimit",
    "localStorageLimit",
    "httpOption",
  ];
  const containers = await inputsOf(containerType, settings);
  expect(containers).toHaveLength(3);
  for (const inputs of containers) {
    expect(Object.keys(inputs).filter((key) => deprecated.includes(key))).toEqual([]);
  }
});

test("a container states all that Scaleway would keep, once set, when it is no longer stated", async () => {
  const containers = await inputsOf(containerType);
  expect(containers.find(({ port }) => port === 8080)).toHaveProperty("timeout", 300);
  for (const inputs of containers) {
    expect(inputs).toMatchObject({
      startupProbe: { http: expect.anything() },
      livenessProbe: { http: expect.anything() },
      environmentVariables: expect.anything(),
      minScale: 1,
      maxScale: 1,
      cpuLimit: expect.any(Number),
      memoryLimitBytes: expect.any(Number),
      localStorageLimitBytes: expect.any(Number),
      port: expect.any(Number),
      privacy: expect.any(String),
      sandbox: expect.any(String),
    });
  }
});

test("every role listens on a port that Scaleway leaves free", () => {
  const findings = Object.values(roleDefinitions).map(({ port }) => checkPort(port));
  expect(findings.filter(Boolean)).toEqual([]);
});

test("no setting reaches what would recreate the database, upgrade its engine or open it by accident", async () => {
  const [inputs] = await inputsOf("scaleway:databases/instance:Instance", settings);
  expect(inputs).toMatchObject({
    userName: "airflow_admin",
    engine: "PostgreSQL-16",
    encryptionAtRest: true,
    privateNetwork: { enableIpam: true },
  });
  for (const key of ["initSettings", "snapshotId"]) expect(inputs).not.toHaveProperty(key);
  expect(inputs!.privateNetwork).not.toHaveProperty("ipNet");
  const [unset] = await inputsOf("scaleway:databases/instance:Instance");
  expect(unset).not.toHaveProperty("loadBalancer");
});

test("generated database passwords are such as Scaleway takes", async () => {
  const rules = (await inputsOf("random:index/randomPassword:RandomPassword")).filter(
    ({ overrideSpecial }) => overrideSpecial === "!-_.",
  );
  expect(rules).toHaveLength(2);
  for (const { length, minLower, minUpper, minNumeric, minSpecial } of rules) {
    expect([minLower, minUpper, minNumeric, minSpecial]).toEqual([1, 1, 1, 1]);
    expect(checkPassword("aA1!".padEnd(length as number, "x"))).toBeUndefined();
  }
});

test("the bucket has no ACL of its own and no rule with a date", async () => {
  const [bucket] = await inputsOf("scaleway:object/bucket:Bucket", settings);
  expect(bucket).not.toHaveProperty("acl");
  expect(JSON.stringify(bucket)).not.toMatch(/"date"/);
});

test("the network keeps the settings that could not be taken back", async () => {
  const [network] = await inputsOf("scaleway:network/privateNetwork:PrivateNetwork", settings);
  expect(Object.keys(network!).sort()).toEqual(["name", "tags"]);
});

test("the engine and the provider are new enough to keep secrets secret", () => {
  const file = join(__dirname, "../../../../package.json");
  const { devDependencies } = JSON.parse(readFileSync(file, "utf8")) as {
    devDependencies: Record<string, string>;
  };
  const minor = (name: string) => Number(/^\d+\.(\d+)\.\d+$/.exec(devDependencies[name]!)?.[1]);
  // Keys of the provider: pulumi-scaleway 1.51. Arguments of components: Pulumi 3.202.
  expect(minor("@pulumiverse/scaleway")).toBeGreaterThanOrEqual(51);
  expect(minor("@pulumi/pulumi")).toBeGreaterThanOrEqual(202);
});
