import { AirflowSecrets, AirflowSecretsArgs } from "../../components";
import { named, record, resolved } from "../mocks";

const build = (args?: AirflowSecretsArgs) => record(() => new AirflowSecrets("secrets", args));

test("generates each secret once, under the component", async () => {
  const { resources } = await build();
  expect(resources.map(({ type, name, parent }) => [type, name, parent])).toEqual([
    ["pulumi-scaleway-airflow:index:AirflowSecrets", "secrets", undefined],
    ["random:index/randomPassword:RandomPassword", "secrets-fernet-key-1", "secrets"],
    ["random:index/randomPassword:RandomPassword", "secrets-jwt-secret-1", "secrets"],
    ["random:index/randomPassword:RandomPassword", "secrets-api-secret-key-1", "secrets"],
    ["random:index/randomPassword:RandomPassword", "secrets-admin-password-1", "secrets"],
  ]);
});

test("keys are as many random bits as they say, in the 64 digits of URL-safe base64", async () => {
  const { resources } = await build();
  const inputs = (name: string) => named(resources, name).inputs;
  expect(inputs("secrets-fernet-key-1")).toEqual({ length: 43, overrideSpecial: "-_" });
  expect(inputs("secrets-jwt-secret-1")).toEqual({ length: 86, overrideSpecial: "-_" });
  expect(inputs("secrets-api-secret-key-1")).toEqual({ length: 86, overrideSpecial: "-_" });
  expect(inputs("secrets-admin-password-1")).toEqual({ length: 24, special: false });
});

test("gives them as secrets", async () => {
  const { result } = await build();
  for (const output of [
    result.fernetKey,
    result.jwtSecret,
    result.apiSecretKey,
    result.adminPassword,
  ]) {
    expect((await resolved(output)).secret).toBe(true);
  }
});

test("the Fernet key is 32 bytes in canonical URL-safe base64", async () => {
  const digits = "-_" + "A".repeat(40) + "B"; // the last digit has bits to spare
  const { result } = await record(() => new AirflowSecrets("secrets"), {
    "secrets-fernet-key-1": { result: digits },
  });
  const { value } = await resolved(result.fernetKey);
  expect(value).toBe("-_" + "A".repeat(41) + "=");
  expect(Buffer.from(value, "base64url")).toHaveLength(32);
});

test("Airflow writes with the newest Fernet key and reads with all of them", async () => {
  const { result } = await record(() => new AirflowSecrets("secrets", { fernetKey: 3 }), {
    "secrets-fernet-key-1": { result: "A".repeat(43) },
    "secrets-fernet-key-2": { result: "B".repeat(42) + "A" },
    "secrets-fernet-key-3": { result: "C".repeat(42) + "A" },
  });
  expect(await resolved(result.fernetKey)).toEqual({
    value: ["C".repeat(42) + "A=", "B".repeat(42) + "A=", "A".repeat(43) + "="].join(","),
    secret: true,
  });
});

test("tokens of the newest secret and the one before are accepted, of no older one", async () => {
  const first = await build();
  expect(first.result).toMatchObject({ jwtKeyId: "1", formerJwtSecret: undefined });
  const { result } = await build({ jwtSecret: 3 });
  expect(result.jwtKeyId).toBe("3");
  expect((await resolved(result.jwtSecret)).value).toBe("Pw/secrets-jwt-secret-3!");
  expect(await resolved(result.formerJwtSecret!)).toEqual({
    value: "Pw/secrets-jwt-secret-2!",
    secret: true,
  });
});
