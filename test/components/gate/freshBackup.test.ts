import { assertFreshBackup } from "../../../components/gate/freshBackup";
import { AnsweringServer } from "../../answeringServer";

const scaleway = new AnsweringServer();
const database = { instanceId: "fr-par/instance-1", databaseName: "db", secretKey: "deployer-key" };
const HOUR = 3_600_000;
const before = (hours: number) => new Date(Date.now() - hours * HOUR).toISOString();
const fresh = {
  status: "ready",
  instance_id: "instance-1",
  database_name: "db",
  created_at: before(23),
};
let backup: object | number;

beforeEach(async () => {
  backup = fresh;
  await scaleway.start(({ url, headers }) =>
    url.pathname === "/rdb/v1/regions/fr-par/backups/backup-1" &&
    headers["x-auth-token"] === "deployer-key"
      ? backup
      : 404,
  );
  process.env.SCW_API_URL = scaleway.url;
});
afterEach(() => {
  delete process.env.SCW_API_URL;
  scaleway.stop();
});

test("a backup of this database within a day passes, and so does none", async () => {
  await assertFreshBackup("backup-1", database);
  await assertFreshBackup("none", { ...database, secretKey: undefined });
});

test.each([
  ["it is of another database, other", { ...fresh, database_name: "other" }],
  ["it is of another database, db", { ...fresh, instance_id: "instance-2" }],
  ['it is not ready but in status "creating"', { ...fresh, status: "creating" }],
  ["more than a day ago", { ...fresh, created_at: before(25) }],
  ["answered 404", 404],
])("otherwise the update fails before anything is stopped: %s", async (reason, answer) => {
  backup = answer;
  await expect(assertFreshBackup("backup-1", database)).rejects.toThrow(
    new RegExp(`airflow:downgrade.backup: backup-1 will not do: .*${reason}.* Make a backup`),
  );
});

test("of a database that existed already no backup is known", async () => {
  const existing = { ...database, instanceId: undefined };
  await expect(assertFreshBackup("backup-1", existing)).rejects.toThrow(/not of this environment/);
});
