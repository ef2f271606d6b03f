import { ManagedDatabase } from "../../scripts/managedDatabase";
import { ScalewayApi } from "../../scripts/scalewayApi";

const deployed = {
  region: "fr-par",
  instanceId: "new",
  instanceName: "lvao-preprod-airflow",
  databaseName: "airflow",
  userName: "airflow",
  containers: [],
};
const backup = (id: string, fields: object = {}) => ({
  id,
  name: "nightly",
  status: "ready",
  instance_id: "gone",
  instance_name: deployed.instanceName,
  database_name: deployed.databaseName,
  ...fields,
});

/** An API that answers every call with the same. */
class FixedApi extends ScalewayApi {
  constructor(private readonly answer: object) {
    super({ SCW_SECRET_KEY: "key" });
  }

  override call<T>(): Promise<T> {
    return Promise.resolve(this.answer as T);
  }
}

const databaseWith = (...database_backups: object[]) =>
  new ManagedDatabase(new FixedApi({ database_backups }), deployed);

test("the latest backup is one of this environment, ready, and not one that a restore made", async () => {
  const database = databaseWith(
    backup("before", { name: "before-restore-2026-11-22T10:00:00" }),
    backup("unready", { status: "creating" }),
    backup("other environment", { instance_name: "lvao-prod-airflow" }),
    backup("other database", { database_name: "rdb" }),
    backup("wanted"),
    backup("older"),
  );
  expect((await database.backup("latest")).id).toBe("wanted");
});

test("where there is none, it says how to make one", async () => {
  await expect(databaseWith(backup("b", { status: "error" })).backup("latest")).rejects.toThrow(
    /no backup of the database airflow .+ `npm run backup`/,
  );
});

test("what ends in another status than ready is an error", async () => {
  await expect(new FixedApi({ status: "error" }).untilReady("The backup b", "/")).rejects.toThrow(
    'The backup b is not ready but in status "error"',
  );
});

test("without a key, nothing is called", () => {
  expect(() => new ScalewayApi({})).toThrow(/SCW_SECRET_KEY is not set/);
});
