import * as pulumi from "@pulumi/pulumi";
import { lookUpAll, resolveSecrets } from "../../../components/secrets/secretManager";
import { referencesIn, withReferences } from "../../../components/secrets/secretReference";
import { record, resolved } from "../../mocks";

const secrets: Record<string, Record<string, string>> = {
  "/ warehouse": { latest_enabled: "hush-2" },
  "/data warehouse": { latest_enabled: "déjà", "3": "hush-3" },
};

/** An error as the engine gives it. */
const refusal = (details: string) => Object.assign(new Error(), { details });

/** Answers as the provider does, and notes what it was asked. */
function secretManager() {
  const asked: string[] = [];
  const calls = ({ token, inputs }: pulumi.runtime.MockCallArgs) => {
    asked.push(`${token.split(":").pop()} ${JSON.stringify(inputs)}`);
    if (token === "scaleway:secrets/getSecret:getSecret") {
      const id = `${inputs.path} ${inputs.name}`;
      if (id in secrets) return { secretId: id };
      throw refusal(`invoking it: 1 error occurred:\n\t* no element named ${inputs.name}\n\n`);
    }
    const value = secrets[inputs.secretId]![inputs.revision];
    if (value === undefined) throw refusal("resource secret_version is not found");
    return { data: Buffer.from(value).toString("base64") };
  };
  return { asked, calls };
}

const settings = withReferences({
  prefix: "lvao",
  secretVariables: { all: { TOKEN: { fromSecretManager: "data/warehouse@3" } } },
  connections: {
    warehouse: {
      password: { fromSecretManager: "data/warehouse" },
      extra: { keys: [{ fromSecretManager: "warehouse" }, { fromSecretManager: "warehouse" }] },
    },
  },
}) as object;

test("each reference becomes the secret, looked up once and marked as secret", async () => {
  const { asked, calls } = secretManager();
  const { result } = await record(() => resolveSecrets(settings, {}), {}, calls);
  expect(await resolved(pulumi.output(result))).toEqual({
    secret: true,
    value: {
      prefix: "lvao",
      secretVariables: { all: { TOKEN: "hush-3" } },
      connections: { warehouse: { password: "déjà", extra: { keys: ["hush-2", "hush-2"] } } },
    },
  });
  expect(asked.sort()).toEqual([
    'getSecret {"name":"warehouse","path":"/"}',
    'getSecret {"name":"warehouse","path":"/data"}',
    'getSecret {"name":"warehouse","path":"/data"}',
    'getVersion {"revision":"3","secretId":"/data warehouse"}',
    'getVersion {"revision":"latest_enabled","secretId":"/ warehouse"}',
    'getVersion {"revision":"latest_enabled","secretId":"/data warehouse"}',
  ]);
});

test("without a reference nothing is asked", async () => {
  const { asked, calls } = secretManager();
  const plain = { prefix: "lvao", connections: { warehouse: { password: pulumi.secret("x") } } };
  const { result } = await record(() => resolveSecrets(plain, {}), {}, calls);
  expect(result).toBe(plain);
  expect(asked).toEqual([]);
});

test("what Secret Manager does not give is said at once, under its key", async () => {
  const missing = withReferences({
    secretVariables: { all: { "MY TOKEN": { fromSecretManager: "tokne" } } },
    connections: {
      lake: { password: { fromSecretManager: "warehouse" }, uri: { fromSecretManager: "tokne" } },
      warehouse: { password: { fromSecretManager: "warehouse@9" } },
    },
  });
  const { result } = await record(
    () => lookUpAll(referencesIn(missing), {}).catch((error: Error) => error.message),
    {},
    secretManager().calls,
  );
  expect(String(await result).split("\n")).toEqual([
    "Secret Manager does not give what is referred to:",
    '  secretVariables.all["MY TOKEN"]: no value of "tokne": no element named tokne',
    '  connections.lake.uri: no value of "tokne": no element named tokne',
    '  connections.warehouse.password: no value of "warehouse@9": resource secret_version is not found',
    expect.stringMatching(/SecretManagerReadOnly and SecretManagerSecretAccess/),
  ]);
});
