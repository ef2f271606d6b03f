import {
  ResourceValidationArgs,
  ResourceValidationPolicy,
  unknownCheckingProxy,
} from "@pulumi/policy";
import { policies } from "../../../../policy/policies";
import { record } from "../../../mocks";
import { AirflowEnvironment } from "../../../../components";

const container = "scaleway:containers/container:Container";
const instance = "scaleway:databases/instance:Instance";
const bucket = "scaleway:object/bucket:Bucket";

/** What each policy says of a resource, by the policy's name. */
function violations(
  type: string,
  props: Record<string, unknown>,
  urn = `urn:pulumi:preprod::app::${type}::name`,
): [string, string][] {
  return policies.flatMap((policy) => said(policy, type, props, urn));
}

function said(
  { name, validateResource }: ResourceValidationPolicy,
  type: string,
  written: Record<string, unknown>,
  urn: string,
): [string, string][] {
  // As for the engine, what is undefined is not there. What is not known yet throws when it is read.
  const props = unknownCheckingProxy(JSON.parse(JSON.stringify(written)));
  const reported: [string, string][] = [];
  const validations = Array.isArray(validateResource) ? validateResource : [validateResource!];
  for (const validate of validations) {
    void validate({ type, props, urn } as ResourceValidationArgs, (message) =>
      reported.push([name, message]),
    );
  }
  return reported;
}

const goodContainer = {
  name: "app",
  image: "registry.example/app:1",
  cpuLimit: 1_000,
  memoryLimitBytes: 2_048_000_000,
  port: 8_080,
  privacy: "private",
};
const goodInstance = {
  nodeType: "DB-PLAY2-NANO",
  volumeType: "sbs_5k",
  volumeSizeInGb: 10,
  privateNetwork: { pnId: "fr-par/1", enableIpam: true },
  password: "aA1!aA1!",
};

const cases: [string, string, Record<string, unknown>, RegExp][] = [
  ["container-size", container, { cpuLimit: 60 }, /^cpuLimit: 60 mvCPU .+; use 70$/],
  [
    "container-size",
    container,
    { cpuLimit: 500 },
    /^memoryLimitBytes: 2048 MB .+ 500 to 2000 MB .+; use 2000000000$/,
  ],
  ["container-size", container, { timeout: 7_200 }, /^timeout: .+; use 3600$/],
  [
    "container-size",
    container,
    { localStorageLimitBytes: 1e12 },
    /^localStorageLimitBytes: 1000000 MB .+; use 25166000000$/,
  ],
  ["container-name", container, { name: "My App" }, /^name: .+; use my-app$/],
  ["container-port", container, { port: 9_090 }, /^port: .+; use 8080$/],
  [
    "container-variables",
    container,
    { environmentVariables: { PORT: "1" } },
    /^environmentVariables\.PORT: .+; use APP_PORT$/,
  ],
  [
    "container-variables",
    container,
    { secretEnvironmentVariables: { TOKEN: "" } },
    /^secretEnvironmentVariables\.TOKEN: an empty secret/,
  ],
  [
    "container-open-password",
    container,
    { environmentVariables: { DB: "postgres://me:hush@db/app" } },
    /^environmentVariables\.DB: (?!.*hush)/,
  ],
  ["container-health-check", container, { healthChecks: [{}] }, /^healthChecks: crashes/],
  ["container-deprecated-inputs", container, { deploy: true }, /^deploy: has no effect/],
  ["container-deprecated-inputs", container, { registryImage: "a:1" }, /; use image$/],
  ["container-privacy", container, { privacy: undefined }, /^privacy: anyone/],
  ["container-privacy", container, { privacy: "public" }, /; use "private"/],
  ["container-image", container, { image: "registry.example/app" }, /^image: /],
  ["database-private-network", instance, { privateNetwork: undefined }, /from anywhere/],
  ["database-address", instance, { privateNetwork: { ipNet: "10.0.0.2/24" } }, /enableIpam/],
  ["database-limits", instance, { volumeSizeInGb: 7 }, /^volumeSizeInGb: .+; use 10$/],
  ["database-limits", instance, { backupScheduleRetention: 400 }, /; use 365$/],
  ["database-local-volume", instance, { volumeType: "lssd" }, /^volumeSizeInGb: /],
  ["database-password", instance, { password: "secret" }, /^password: (?!.*"secret")/],
  ["database-name", "scaleway:databases/database:Database", { name: "rdb" }, /^name: /],
  ["bucket-name", bucket, { name: "My_Bucket" }, /^name: .+; use my-bucket$/],
  ["bucket-acl", bucket, { acl: "private" }, /^acl: is deprecated/],
  ["api-key-project", "scaleway:iam/apiKey:ApiKey", {}, /^defaultProjectId: is missing/],
];

test.each(cases)("%s speaks of a %s with %j", (policy, type, props, message) => {
  const good = { [container]: goodContainer, [instance]: goodInstance }[type] ?? {};
  const spoken = violations(type, { ...good, ...props });
  expect(spoken).toEqual([[policy, expect.stringMatching(message)]]);
});

test.each([
  [container, goodContainer],
  [instance, goodInstance],
  [bucket, { name: "logs" }],
  ["scaleway:iam/apiKey:ApiKey", { defaultProjectId: "1" }],
  ["aws:s3/bucket:Bucket", { acl: "public-read", name: "X" }],
])("no policy speaks of a %s with %j", (type, props) => {
  expect(violations(type, props)).toEqual([]);
});

/** How the policy SDK is told of a text that only the update will know. */
const LATER = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

test("what is not known in a preview hides nothing of what is", () => {
  expect(
    violations(container, {
      ...goodContainer,
      image: LATER,
      environmentVariables: { LATER, PORT: LATER },
      secretEnvironmentVariables: LATER,
    }),
  ).toEqual([["container-variables", expect.stringMatching(/^environmentVariables.PORT: /)]]);
  expect(violations(instance, { ...goodInstance, password: LATER, privateNetwork: LATER })).toEqual(
    [],
  );
});

test("each policy has a case in which it speaks", () => {
  const spoken = new Set(cases.map(([policy]) => policy));
  expect(policies.map(({ name }) => name)).toEqual([...spoken]);
});

test("what the components register has no violation", async () => {
  const { resources } = await record(
    () => new AirflowEnvironment("airflow", { prefix: "lvao", environment: "preprod" }),
  );
  const parents = "pulumi-scaleway-airflow:index:AirflowContainer$";
  const found = resources.flatMap(({ type, inputs }) =>
    violations(type, inputs, `urn:pulumi:preprod::app::${parents}${type}::name`),
  );
  expect(found).toEqual([]);
});
