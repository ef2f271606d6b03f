import * as pulumi from "@pulumi/pulumi";
import { Provider } from "@pulumiverse/scaleway";
import { adoptLeftovers } from "../../../components";
import { AnsweringServer, Received } from "../../answeringServer";

const NETWORK = "scaleway:network/privateNetwork:PrivateNetwork";
const POLICY = "scaleway:iam/policy:Policy";
const INSTANCE = "fr-par/5a3b";
const mark = ["airflow", "owner:mark"];
const account = {
  secretKey: pulumi.secret("deploy-secret"),
  projectId: "project-1",
  organizationId: "organization-1",
  region: "fr-par",
};
const hours = (offset: number) => new Date(Date.now() + offset * 3_600_000).toISOString();

const scaleway = new AnsweringServer();
let cloud: Record<string, unknown[]>;
let askedProvider: string | undefined;
let bucket: Record<string, unknown> | undefined;

beforeEach(async () => {
  cloud = {};
  bucket = undefined;
  scaleway.received.length = 0;
  jest.spyOn(pulumi.log, "info").mockResolvedValue();
  jest.spyOn(pulumi.log, "warn").mockResolvedValue();
  await scaleway.start(answer);
  process.env.SCW_API_URL = scaleway.url;
});

afterEach(() => {
  jest.restoreAllMocks();
  scaleway.stop();
  delete process.env.SCW_API_URL;
});

function answer({ method, url, headers }: Received): object | number {
  expect(headers["x-auth-token"]).toBe("deploy-secret");
  if (method === "DELETE") return 204;
  const [key, items] = Object.entries(cloud)[0] ?? ["", []];
  const page = Number(url.searchParams.get("page"));
  return { [key]: items.slice((page - 1) * 50, page * 50), total_count: items.length };
}

const calls = () => scaleway.received.map(({ method, url }) => `${method} ${url.pathname}`);

/** What the transform makes of a resource whose stack has recorded these ids. */
async function transform(
  resource: { type: string; props: pulumi.Inputs },
  { recorded = [] as string[], preview = false, projectId = "" } = {},
): Promise<string | undefined> {
  const outputs = Object.fromEntries(recorded.map((id) => [`urn:${id}`, { outputs: { id } }]));
  await pulumi.runtime.setMocks(
    {
      newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
      call: ({ token, provider }) => {
        askedProvider = provider;
        if (token.startsWith("pulumi:")) return { outputs };
        if (!bucket) throw new Error("not found");
        return bucket;
      },
    },
    "airflow",
    "preprod",
    preview,
    "organization",
  );
  const provider = projectId ? new Provider("other", { projectId }) : undefined;
  const args = { custom: true, name: "airflow-it", opts: { provider }, ...resource };
  const result = await adoptLeftovers(account)(args);
  return (result?.opts as pulumi.CustomResourceOptions | undefined)?.import as string | undefined;
}

const network = (name = "net") => ({ type: NETWORK, props: { name, tags: mark } });
const existing = (id: string, tags = mark) => ({ id, name: "net", tags });

test("what has the name and the mark, and is not in the state, is imported", async () => {
  cloud = { private_networks: [existing("other", ["airflow", "owner:else"]), existing("one")] };
  expect(await transform(network())).toBe("fr-par/one");
  expect(calls()).toEqual(["GET /vpc/v2/regions/fr-par/private-networks"]);
});

test.each([
  ["nothing exists", []],
  ["another name has the mark", [{ ...existing("one"), name: "net-2" }]],
  ["the namesake belongs to another state", [existing("one", ["airflow", "owner:else"])]],
  ["the namesake belongs to nobody", [existing("one", [])]],
])("it is created when %s", async (_case, private_networks) => {
  cloud = { private_networks };
  expect(await transform(network())).toBeUndefined();
});

test("what the state knows is left alone; a second one is named, and not touched", async () => {
  cloud = { private_networks: [existing("one"), existing("two")] };
  expect(await transform(network(), { recorded: ["fr-par/one"] })).toBeUndefined();
  expect(pulumi.log.warn).toHaveBeenCalledWith(expect.stringContaining("Delete fr-par/two"));
  expect(calls().every((call) => call.startsWith("GET"))).toBe(true);
});

test("of two that nobody knows, one is imported and the other named", async () => {
  cloud = { private_networks: [existing("one"), existing("two")] };
  expect(await transform(network())).toBe("fr-par/one");
  expect(pulumi.log.warn).toHaveBeenCalledTimes(1);
});

test("a resource without a mark is never taken over", async () => {
  cloud = { private_networks: [existing("one")] };
  const props = { name: "net", tags: ["airflow"] };
  expect(await transform({ type: NETWORK, props })).toBeUndefined();
  expect(calls()).toEqual([]);
});

test("a preview looks nothing up", async () => {
  cloud = { private_networks: [existing("one")] };
  expect(await transform(network(), { preview: true })).toBeUndefined();
  expect(calls()).toEqual([]);
});

test("what is not known, as outputs of what `--target` leaves out, is not waited for", async () => {
  cloud = { private_networks: [existing("one")] };
  const name = pulumi.output(pulumi.unknown);
  expect(await transform({ type: NETWORK, props: { name, tags: mark } })).toBeUndefined();
  expect(calls()).toEqual([]);
});

test("every page is read", async () => {
  const others = Array.from({ length: 70 }, (_, n) => ({ id: `${n}`, name: `p-${n}`, tags: mark }));
  cloud = { policies: [...others, { id: "last", name: "p", tags: mark }] };
  expect(await transform({ type: POLICY, props: { name: "p", tags: mark } })).toBe("last");
  expect(calls()).toHaveLength(2);
});

test("a registry's mark is its description", async () => {
  cloud = { namespaces: [{ id: "one", name: "images", description: "owner:mark" }] };
  const type = "scaleway:registry/namespace:Namespace";
  const props = { name: "images", description: "owner:mark" };
  expect(await transform({ type, props })).toBe("fr-par/one");
});

test("a project's mark is its description", async () => {
  cloud = { projects: [{ id: "one", name: "logs", description: "owner:mark" }] };
  const props = { name: "logs", description: "owner:mark" };
  expect(await transform({ type: "scaleway:account/project:Project", props })).toBe("one");
  expect(calls()).toEqual(["GET /account/v3/projects"]);
});

test("a user of the stack's own database instance needs no mark", async () => {
  cloud = { users: [{ name: "airflow" }] };
  const props = { name: "airflow", instanceId: INSTANCE };
  expect(await transform({ type: "scaleway:databases/user:User", props })).toBe(
    `${INSTANCE}/airflow`,
  );
  expect(calls()).toEqual(["GET /rdb/v1/regions/fr-par/instances/5a3b/users"]);
});

test("what the state knows of an instance is not looked up, as an instance that is down does not tell", async () => {
  const props = { name: "airflow", instanceId: INSTANCE };
  const user = { type: "scaleway:databases/user:User", props };
  expect(await transform(user, { recorded: [`${INSTANCE}/airflow`] })).toBeUndefined();
  expect(calls()).toEqual([]);
});

test("an API that is out of reach is named", async () => {
  scaleway.stop();
  await expect(transform(network())).rejects.toThrow(/^GET 127.0.0.1:\d+ failed: .*ECONNREFUSED/);
});

describe("a bucket", () => {
  const wanted = {
    type: "scaleway:object/bucket:Bucket",
    props: { name: "logs", tags: { owner: "mark" } },
  };

  it("with the mark is imported", async () => {
    bucket = { id: "fr-par/logs", name: "logs", tags: { owner: "mark" } };
    expect(await transform(wanted)).toBe("fr-par/logs");
  });

  it("is imported from the project that it is in", async () => {
    bucket = { id: "fr-par/logs", name: "logs", tags: { owner: "mark" } };
    const props = { ...wanted.props, projectId: "other" };
    expect(await transform({ ...wanted, props })).toBe("fr-par/logs@other");
    expect(await transform({ ...wanted, props }, { recorded: ["fr-par/logs"] })).toBeUndefined();
  });

  it("without it is imported from a project that the stack has made for it, and from no other", async () => {
    bucket = { id: "fr-par/logs", name: "logs", tags: {} };
    const held = { ...wanted, props: { ...wanted.props, projectId: "own" } };
    expect(await transform(held, { recorded: ["own"] })).toBe("fr-par/logs@own");
    expect(await transform(held, { recorded: ["other"] })).toBeUndefined();
  });

  it("is looked for with the provider that would create it", async () => {
    bucket = { id: "fr-par/logs", name: "logs", tags: { owner: "mark" } };
    await transform(wanted, { projectId: "project-2" });
    expect(askedProvider).toMatch(/::other::other$/);
  });

  it("without it, or that does not exist, is created", async () => {
    expect(await transform(wanted)).toBeUndefined();
    bucket = { id: "fr-par/logs", name: "logs", tags: {} };
    expect(await transform(wanted)).toBeUndefined();
  });
});

test("of an application's keys, those that nobody knows are deleted", async () => {
  const key = { application_id: "app", description: "logs", created_at: hours(-1) };
  cloud = {
    api_keys: [
      { ...key, access_key: "LOST" },
      { ...key, access_key: "KNOWN" },
      { ...key, access_key: "FOR-OTHER-USE", description: "metrics" },
      { ...key, access_key: "OF-OTHERS", application_id: "app-2" },
      { ...key, access_key: "OF-THIS-UPDATE", created_at: hours(1) },
    ],
  };
  const props = { applicationId: "app", description: "logs" };
  const type = "scaleway:iam/apiKey:ApiKey";
  expect(await transform({ type, props }, { recorded: ["KNOWN"] })).toBeUndefined();
  expect(calls()).toEqual(["GET /iam/v1alpha1/api-keys", "DELETE /iam/v1alpha1/api-keys/LOST"]);
});
