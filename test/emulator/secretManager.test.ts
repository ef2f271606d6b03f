import { secretManagerRoutes } from "../../emulator/products/secretManager";
import { TestApi, newModel } from "./fixtures";

const base = "/secret-manager/v1beta1/regions/fr-par/secrets";
const encoded = (text: string) => Buffer.from(text).toString("base64");

let api: TestApi;
beforeEach(() => {
  const model = newModel();
  api = new TestApi(model, secretManagerRoutes(model));
});

async function newSecret(fields: object = {}): Promise<string> {
  const { body } = await api.post(base, { name: "warehouse", tags: null, ...fields });
  return `${base}/${body.id}`;
}

test("a secret is answered as recorded", async () => {
  const { status, body } = await api.post(base, {
    name: "warehouse",
    tags: null,
    type: "unknown_type",
    path: "/data",
    protected: false,
  });
  expect(status).toBe(200);
  const { id, project_id, organization_id, created_at, updated_at, ...rest } = body;
  expect([id, project_id, organization_id, created_at, updated_at]).not.toContain(undefined);
  expect(rest).toEqual({
    name: "warehouse",
    status: "ready",
    tags: [],
    version_count: 0,
    description: "",
    managed: false,
    type: "opaque",
    protected: false,
    path: "/data",
    ephemeral_policy: null,
    used_by: [],
    deletion_requested_at: null,
    key_id: null,
    region: "fr-par",
  });
});

test("a list gives exact matches of name and path, and nothing that was deleted", async () => {
  await newSecret();
  await newSecret({ path: "/data" });
  const deleted = await newSecret({ path: "/old" });
  await api.call("DELETE", deleted);
  const names = async (query: string) => {
    const { body } = await api.get(`${base}?name=warehouse&scheduled_for_deletion=false${query}`);
    return body.secrets.map(({ path }: { path: string }) => path);
  };
  expect(await names("")).toEqual(["/", "/data"]);
  expect(await names("&path=%2Fdata&type=unknown_type")).toEqual(["/data"]);
  expect(await names("&path=%2Fold")).toEqual([]);
  expect((await api.get(deleted)).body.deletion_requested_at).not.toBeNull();
});

test("two secrets of one name are in two folders", async () => {
  await newSecret();
  expect((await api.post(base, { name: "warehouse" })).body.type).toBe("already_exists");
  expect((await api.post(base, { name: "warehouse", path: "/data" })).status).toBe(200);
});

test("a version is answered without its data, which is accessed by number, latest or latest enabled", async () => {
  const secret = await newSecret();
  for (const text of ["one", "two", "three"]) {
    const { body } = await api.post(`${secret}/versions`, { data: encoded(text) });
    expect(body).toMatchObject({ status: "enabled", latest: true });
    expect(body).not.toHaveProperty("data");
  }
  await api.post(`${secret}/versions/3/disable`, {});
  const access = async (revision: string) => {
    const { status, body } = await api.get(`${secret}/versions/${revision}/access`);
    return status === 200 ? Buffer.from(body.data, "base64").toString() : body.type;
  };
  expect(await access("1")).toBe("one");
  expect(await access("latest_enabled")).toBe("two");
  expect(await access("latest")).toBe("not_found");
  expect(await access("4")).toBe("not_found");
  const { body } = await api.get(`${secret}/versions?page=1`);
  expect(body.versions.map((version: any) => [version.revision, version.latest])).toEqual([
    [3, true],
    [2, false],
    [1, false],
  ]);
  await api.call("DELETE", secret);
  expect(await access("1")).toBe("not_found");
});

test("data that a type cannot hold is refused as recorded", async () => {
  const secret = await newSecret({ type: "key_value" });
  const data = encoded(JSON.stringify({ key: "value", invalid: {} }));
  expect(await api.post(`${secret}/versions`, { data })).toMatchObject({
    status: 400,
    body: {
      type: "invalid_arguments",
      details: [
        {
          argument_name: "data",
          reason: "format",
          help_message: expect.stringMatching(/^- invalid: /),
        },
      ],
    },
  });
});

test("a protected secret is not deleted", async () => {
  const secret = await newSecret({ protected: true });
  expect(await api.call("DELETE", secret)).toMatchObject({
    status: 412,
    body: { precondition: "protected_resource", type: "precondition_failed" },
  });
  await api.post(`${secret}/unprotect`, {});
  expect((await api.call("DELETE", secret)).status).toBe(204);
});

test.each([
  ["SecretManagerReadOnly", 200, 403],
  ["SecretManagerSecretAccess", 403, 200],
  ["SecretManagerFullAccess", 200, 200],
])("%s: a list answers %i, access %i", async (permissionSet, list, access) => {
  const secret = await newSecret();
  await api.post(`${secret}/versions`, { data: encoded("one") });
  const key = api.model.apiKeys.put({
    ...api.model.apiKeys.get(api.model.tenant.access_key),
    id: "SCW00000000000000000",
    secret_key: "22222222-2222-2222-2222-222222222222",
    user_id: undefined,
    application_id: "reader",
  });
  api.model.policies.put({
    ...({} as any),
    id: "policy",
    application_id: "reader",
    rules: [{ permission_set_names: [permissionSet], project_ids: [key.default_project_id] }],
  });
  const status = async (url: string) =>
    (await api.call("GET", url, undefined, key.secret_key)).status;
  expect(await status(base)).toBe(list);
  expect(await status(`${secret}/versions/1/access`)).toBe(access);
});
