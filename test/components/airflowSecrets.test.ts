import { AirflowSecrets } from "../../components";
import { named, record, resolved } from "../mocks";

const build = () => record(() => new AirflowSecrets("secrets"));

test("generates each secret once, under the component", async () => {
  const { resources } = await build();
  expect(resources.map(({ type, name, parent }) => [type, name, parent])).toEqual([
    ["pulumi-scaleway-airflow:index:AirflowSecrets", "secrets", undefined],
    ["random:index/randomPassword:RandomPassword", "secrets-fernet-key", "secrets"],
    ["random:index/randomPassword:RandomPassword", "secrets-jwt-secret", "secrets"],
    ["random:index/randomPassword:RandomPassword", "secrets-api-secret-key", "secrets"],
    ["random:index/randomPassword:RandomPassword", "secrets-admin-password", "secrets"],
  ]);
});

test("keys are as many random bits as they say, in the 64 digits of URL-safe base64", async () => {
  const { resources } = await build();
  const inputs = (name: string) => named(resources, name).inputs;
  expect(inputs("secrets-fernet-key")).toEqual({ length: 43, overrideSpecial: "-_" });
  expect(inputs("secrets-jwt-secret")).toEqual({ length: 86, overrideSpecial: "-_" });
  expect(inputs("secrets-api-secret-key")).toEqual({ length: 86, overrideSpecial: "-_" });
  expect(inputs("secrets-admin-password")).toEqual({ length: 24, special: false });
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
    "secrets-fernet-key": { result: digits },
  });
  const { value } = await resolved(result.fernetKey);
  expect(value).toBe("-_" + "A".repeat(41) + "=");
  expect(Buffer.from(value, "base64url")).toHaveLength(32);
});
