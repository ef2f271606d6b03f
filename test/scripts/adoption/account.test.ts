import { resourceNames } from "../../../components/names";
import { readAccount } from "../../../scripts/adoption/account";
import { mapPlaces } from "../../../scripts/adoption/mapping";
import { ScalewayApi } from "../../../scripts/scalewayApi";
import { AnsweringServer } from "../../answeringServer";
import { PROJECT } from "./stateOfToday";

const server = new AnsweringServer();
const container = (id: string, name: string) => ({
  id,
  name,
  namespace_id: "space",
  image: "rg.fr-par.scw.cloud/ns-qfdmo/airflow:1",
  private_network_id: "net",
});

/** What the API has, by the end of the path. */
let account: Record<string, object[]>;

beforeAll(() =>
  server.start(({ url }) => {
    const [, product] = url.pathname.split("/");
    const kind = url.pathname.split("/").pop()!;
    const items = account[`${product} ${kind}`] ?? [];
    const key = kind === "acls" ? "rules" : kind.replace("-", "_");
    return { [key]: items, total_count: items.length };
  }),
);
afterAll(() => server.stop());

beforeEach(() => {
  account = {
    "containers namespaces": [{ id: "space", name: "lvao-preprod" }],
    "containers containers": [
      container("web", "lvao-airflow-webserver"),
      container("sched", "lvao-airflow-scheduler"),
    ],
    "registry namespaces": [{ id: "reg", name: "ns-qfdmo" }],
    "vpc private-networks": [{ id: "net", name: "their-net" }],
    "rdb instances": [{ id: "db", name: "lvao-preprod-airflow", endpoints: [{}] }],
    "rdb databases": [{ name: "rdb" }, { name: "airflow" }],
    "rdb users": [
      { name: "root", is_admin: true },
      { name: "flow", is_admin: false },
    ],
    "rdb privileges": [
      { user_name: "flow", database_name: "airflow", permission: "custom" },
      { user_name: "root", database_name: "airflow", permission: "none" },
    ],
    "rdb acls": [{ ip: "203.0.113.7/32" }],
  };
});

const read = () =>
  readAccount(new ScalewayApi({ SCW_API_URL: server.url, SCW_SECRET_KEY: "secret" }), {
    project: PROJECT,
    region: "fr-par",
    bucket: "lvao-preprod-airflow",
  });

test("what the API lists takes its places, by the ids that Pulumi imports", async () => {
  const names = resourceNames("lvao", "preprod");
  const mapping = mapPlaces(await read(), { names, map: {}, project: PROJECT });
  const ids = Object.entries(mapping).map(([place, { id }]) => [place, id]);
  expect(Object.fromEntries(ids)).toEqual({
    namespace: "fr-par/space",
    webserver: "fr-par/web",
    scheduler: "fr-par/sched",
    instance: "fr-par/db",
    database: "fr-par/db/airflow",
    user: "fr-par/db/flow",
    privilege: "fr-par/db/airflow/flow",
    allowList: "fr-par/db",
    bucket: "fr-par/lvao-preprod-airflow",
    bucketAcl: "fr-par/lvao-preprod-airflow/private",
    registry: "fr-par/reg",
    network: "fr-par/net",
  });
  expect(mapping.instance!.user).toBe("root");
});

test("only the project is asked about", async () => {
  await read();
  const lists = server.received.filter(({ url }) => url.pathname.includes("containers"));
  for (const { url } of lists) expect(url.searchParams.get("project_id")).toBe(PROJECT);
});

test("a project without containers is refused, with what to do", async () => {
  account["containers containers"] = [];
  await expect(read()).rejects.toThrow(/has no containers in this region.*--state/);
});
