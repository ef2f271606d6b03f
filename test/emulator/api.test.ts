import { projectRoutes } from "../../emulator/products/account";
import { iamRoutes } from "../../emulator/products/iam";
import { vpcRoutes } from "../../emulator/products/vpc";
import { TestApi, newModel } from "./fixtures";

const vpcBase = "/vpc/v2/regions/fr-par";
const iamBase = "/iam/v1alpha1";
const projectBase = "/account/v3/projects";

function newApi() {
  const model = newModel();
  const networks = new Set<string>();
  const host = {
    createPrivate: async (id: string, subnet = "172.16.4.0/22") => {
      networks.add(id);
      return subnet;
    },
    removePrivate: async (id: string) => void networks.delete(id),
  };
  const api = new TestApi(
    model,
    vpcRoutes(model, host, async () => {}),
    iamRoutes(model, () => {}),
    projectRoutes(model, () => {}),
  );
  return { api, model, networks };
}

describe("the API in general", () => {
  it.each([
    ["", "invalid_argument"],
    ["11111111-1111-1111-1111-111111111111", "not_found"],
  ])("refuses the secret key %j", async (secretKey, reason) => {
    const { api } = newApi();
    const answer = await api.call("GET", `${vpcBase}/vpcs`, undefined, secretKey);
    expect(answer).toMatchObject({
      status: 401,
      body: { type: "denied_authentication", method: "api_key", reason },
    });
  });

  it("says 501 and names the call that it does not emulate", async () => {
    const { api } = newApi();
    const answer = await api.get("/instance/v1/zones/fr-par-1/servers");
    expect(answer.status).toBe(501);
    expect(answer.body.message).toContain("GET /instance/v1/zones/fr-par-1/servers");
  });

  it("answers a missing resource as recorded", async () => {
    const { api } = newApi();
    const id = "0412e08c-2747-428f-94e1-07275327452b";
    expect(await api.get(`${vpcBase}/private-networks/${id}`)).toEqual({
      status: 404,
      body: {
        message: "resource is not found",
        resource: "private_network",
        resource_id: id,
        type: "not_found",
      },
    });
  });

  it("looks for a resource in its region only", async () => {
    const { api } = newApi();
    const { body } = await api.post(`${vpcBase}/vpcs`, { name: "one" });
    expect((await api.get(`/vpc/v2/regions/nl-ams/vpcs/${body.id}`)).status).toBe(404);
  });

  it("gives pages, their total, and exact matches of a name", async () => {
    const { api } = newApi();
    for (const name of ["a", "ab", "b"]) await api.post(`${vpcBase}/vpcs`, { name });
    const page = await api.get(`${vpcBase}/vpcs?page=2&page_size=2&order_by=name_asc`);
    expect(page.body).toMatchObject({ total_count: 3, vpcs: [{ name: "b" }] });
    const named = await api.get(`${vpcBase}/vpcs?name=a`);
    expect(named.body).toMatchObject({ total_count: 1, vpcs: [{ name: "a" }] });
  });
});

describe("private networks", () => {
  it("get a subnet of either family, in the default VPC, and a network of the machine", async () => {
    const { api, networks } = newApi();
    const { body } = await api.post(`${vpcBase}/private-networks`, { name: "pn", subnets: null });
    expect(body.subnets.map(({ subnet }: { subnet: string }) => subnet)).toEqual([
      "172.16.4.0/22",
      expect.stringMatching(/^fd[\da-f]{2}:[\da-f]{4}:[\da-f]{4}:[\da-f]{4}::\/64$/),
    ]);
    expect((await api.get(`${vpcBase}/vpcs/${body.vpc_id}`)).body.is_default).toBe(true);
    expect(networks.has(body.id)).toBe(true);
    expect((await api.delete(`${vpcBase}/private-networks/${body.id}`)).status).toBe(204);
    expect(networks.has(body.id)).toBe(false);
  });

  it("stay while something is attached to them", async () => {
    const { api, model } = newApi();
    const { body } = await api.post(`${vpcBase}/private-networks`, { name: "pn" });
    model.addresses.put({
      id: "a",
      network: body.id,
      address: "172.16.4.2",
      holder: "someone",
      created_at: "",
    });
    const answer = await api.delete(`${vpcBase}/private-networks/${body.id}`);
    expect(answer).toMatchObject({
      status: 412,
      body: { type: "precondition_failed", precondition: "resource_still_in_use" },
    });
    expect((await api.delete(`${vpcBase}/vpcs/${body.vpc_id}`)).status).toBe(412);
  });
});

describe("projects", () => {
  it("come and go beside the default one, unless a bucket is in them", async () => {
    const { api, model } = newApi();
    const { organization_id } = model.tenant;
    const { body: project } = await api.post(projectBase, { name: "logs", description: "" });
    expect(project).toMatchObject({ name: "logs", organization_id, qualification: null });
    const { body } = await api.get(`${projectBase}?order_by=name_asc`);
    expect(body.projects.map(({ name }: { name: string }) => name)).toEqual(["default", "logs"]);
    const bucket = { id: "b", region: "fr-par", created_at: "", configuration: {} };
    model.buckets.put({ ...bucket, project_id: project.id });
    expect((await api.delete(`${projectBase}/${project.id}`)).status).toBe(412);
    model.buckets.remove("b");
    expect((await api.delete(`${projectBase}/${project.id}`)).status).toBe(204);
    expect((await api.delete(`${projectBase}/${model.tenant.project_id}`)).status).toBe(412);
  });

  it("must exist for a rule or a key to name them", async () => {
    const { api } = newApi();
    const { body: application } = await api.post(`${iamBase}/applications`, { name: "app" });
    const unknown = "0412e08c-2747-428f-94e1-07275327452b";
    const rules = [{ permission_set_names: ["VPCReadOnly"], project_ids: [unknown] }];
    expect((await api.post(`${iamBase}/policies`, { name: "p", rules })).status).toBe(404);
    const key = { application_id: application.id, default_project_id: unknown };
    expect((await api.post(`${iamBase}/api-keys`, key)).status).toBe(404);
  });
});

describe("identity", () => {
  async function applicationWith(permission_set_names: string[]) {
    const { api, model } = newApi();
    const { body: application } = await api.post(`${iamBase}/applications`, { name: "app" });
    const { body: policy } = await api.post(`${iamBase}/policies`, {
      name: "policy",
      application_id: application.id,
      rules: [{ permission_set_names, condition: "", project_ids: [model.tenant.project_id] }],
    });
    const { body: key } = await api.post(`${iamBase}/api-keys`, { application_id: application.id });
    return { api, model, application, policy, key };
  }

  it("shows a secret key once, in a format that clients accept", async () => {
    const { api, key } = await applicationWith(["VPCReadOnly"]);
    expect(key.access_key).toMatch(/^SCW[A-Z0-9]{17}$/);
    expect(key.secret_key).toMatch(/^[\da-f-]{36}$/);
    const { body } = await api.get(`${iamBase}/api-keys/${key.access_key}`);
    expect(body).toMatchObject({ secret_key: null, expires_at: null, description: "" });
  });

  it("lets an application do what its policy says and no more", async () => {
    const { api, key } = await applicationWith(["VPCReadOnly"]);
    const call = (method: string, url: string, body?: object) =>
      api.call(method, url, body, key.secret_key);
    expect((await call("GET", `${vpcBase}/vpcs`)).status).toBe(200);
    expect(await call("POST", `${vpcBase}/vpcs`, { name: "x" })).toMatchObject({
      status: 403,
      body: { type: "permissions_denied", details: [{ action: "write", resource: "vpc" }] },
    });
    expect((await call("GET", `${iamBase}/applications`)).status).toBe(403);
  });

  it.each([
    ["IAMApplicationManager", [200, 403, 403]],
    ["IAMPolicyManager", [403, 200, 403]],
    ["ProjectManager", [403, 403, 200]],
    ["IAMManager", [200, 200, 200]],
    ["IAMReadOnly", [403, 403, 403]],
    ["AllProductsFullAccess", [403, 403, 403]],
  ])("%s makes applications, policies and projects: %j", async (permissionSet, expected) => {
    const { api, key } = await applicationWith([permissionSet]);
    const paths = [`${iamBase}/applications`, `${iamBase}/policies`, projectBase];
    const answers = await Promise.all(
      paths.map((path) => api.call("POST", path, { name: "new" }, key.secret_key)),
    );
    expect(answers.map(({ status }) => status)).toEqual(expected);
  });

  it("refuses a key whose time is over", async () => {
    const { api, model, key } = await applicationWith(["VPCReadOnly"]);
    model.apiKeys.change(key.access_key, { expires_at: "2020-01-01T00:00:00Z" });
    const answer = await api.call("GET", `${vpcBase}/vpcs`, undefined, key.secret_key);
    expect(answer).toMatchObject({ status: 401, body: { reason: "expired" } });
  });

  it("answers rules by a call of their own and replaces them as a whole", async () => {
    const { api, policy } = await applicationWith(["VPCReadOnly", "RelationalDatabasesReadOnly"]);
    expect(policy).not.toHaveProperty("rules");
    expect(policy).toMatchObject({ nb_rules: 1, nb_permission_sets: 2 });
    await api.put(`${iamBase}/rules`, {
      policy_id: policy.id,
      rules: [{ permission_set_names: ["VPCFullAccess"], condition: "" }],
    });
    const { body } = await api.get(`${iamBase}/rules?policy_id=${policy.id}`);
    expect(body).toMatchObject({
      total_count: 1,
      rules: [{ permission_set_names: ["VPCFullAccess"] }],
    });
  });

  it("forgets the keys of an application that is deleted", async () => {
    const { api, application, key } = await applicationWith(["VPCReadOnly"]);
    await api.delete(`${iamBase}/applications/${application.id}`);
    expect((await api.get(`${iamBase}/api-keys/${key.access_key}`)).status).toBe(404);
  });
});
