import { deployedDatabase } from "../../scripts/deployedDatabase";
import { run } from "../../tools/shell";

jest.mock("../../tools/shell", () => ({ run: jest.fn() }));

const resource = (type: string, id: string, outputs: object, name = type) => ({
  type: `scaleway:${type}`,
  urn: `urn:pulumi:prod::airflow::scaleway:${type}::${name}`,
  id: `fr-par/${id}`,
  outputs,
});
const instance = resource("databases/instance:Instance", "instance-1", {
  name: "lvao-prod-airflow",
  userName: "lvao",
});
const privilege = resource("databases/privilege:Privilege", "privilege-1", {
  databaseName: "airflow",
  userName: "lvao",
});
const container = (role: string) =>
  resource("containers/container:Container", role, { name: `lvao-${role}` }, `airflow-${role}`);

function withState(...resources: object[]): Promise<unknown> {
  jest.mocked(run).mockResolvedValue(JSON.stringify({ deployment: { resources } }));
  return deployedDatabase("prod", ".");
}

test("what is deployed around the database, also where its administrator is Airflow's user", async () => {
  const found = await withState(
    instance,
    privilege,
    container("scheduler"),
    container("webserver"),
    { ...container("former"), delete: true },
  );
  expect(found).toMatchObject({
    region: "fr-par",
    instanceId: "instance-1",
    instanceName: "lvao-prod-airflow",
    databaseName: "airflow",
    userName: "lvao",
    containers: [
      { id: "webserver", name: "lvao-webserver" },
      { id: "scheduler", name: "lvao-scheduler" },
    ],
  });
});

test("a stack without a database is told from one whose database is not its own", async () => {
  await expect(withState()).rejects.toThrow(
    "has no database instance; run `pulumi up --stack prod`",
  );
  const inputs = { existing: { database: { endpoint: "10.0.0.1:5432" } } };
  await expect(withState({ type: "airflow", inputs })).rejects.toThrow("is not of its environment");
});
