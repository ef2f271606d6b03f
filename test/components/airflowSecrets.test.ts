import { AirflowSecrets } from "../../components";
import { record, resolved } from "../mocks";

const build = () => record(() => new AirflowSecrets("secrets"));

test("generates each secret once, under the component", async () => {
  const { resources } = await build();
  expect(resources.map(({ type, name, parent }) => [type, name, parent])).toEqual([
    ["pulumi-scaleway-airflow:index:AirflowSecrets", "secrets", undefined],
    ["random:index/randomBytes:RandomBytes", "secrets-fernet-key", "secrets"],
    ["random:index/randomBytes:RandomBytes", "secrets-jwt-secret", "secrets"],
    ["random:index/randomBytes:RandomBytes", "secrets-api-secret-key", "secrets"],
    ["random:index/randomPassword:RandomPassword", "secrets-admin-password", "secrets"],
  ]);
});

test("gives them as secrets, the Fernet key in URL-safe base64", async () => {
  const { result } = await build();
  expect(await resolved(result.fernetKey)).toEqual({
    value: "-_secrets-fernet-key=",
    secret: true,
  });
  for (const output of [result.jwtSecret, result.apiSecretKey, result.adminPassword]) {
    expect((await resolved(output)).secret).toBe(true);
  }
});
