import { Operations } from "../../emulator/operations";
import { type BackupStore, DatabaseBackups } from "../../emulator/products/rdb/backups";
import { TestApi, newModel } from "./fixtures";

const base = "/rdb/v1/regions/fr-par/backups";
const instance = "29b5958a-7e54-4427-8d91-128ff6972045";
const asked = { instance_id: instance, database_name: "airflow", name: "nightly" };

function newApi(store: Partial<BackupStore> = {}) {
  const model = newModel();
  model.databaseInstances.put({
    id: instance,
    region: "fr-par",
    name: "lvao-preprod-airflow",
    status: "ready",
    backup_same_region: false,
  } as never);
  const backups = new DatabaseBackups(model, new Operations(), {
    dump: async () => 1255,
    restore: async () => {},
    remove: async () => {},
    ...store,
  });
  return { model, backups, api: new TestApi(model, backups.routes) };
}

test("a backup is answered as recorded, and found by its instance and name", async () => {
  const { api } = newApi();
  const { body } = await api.post(base, asked);
  expect(body).toMatchObject({
    ...asked,
    status: "creating",
    size: null,
    updated_at: null,
    expires_at: null,
    instance_name: "lvao-preprod-airflow",
    same_region: false,
    download_url: null,
    region: "fr-par",
  });
  const { body: ready } = await api.get(`${base}/${body.id}`);
  expect(ready).toMatchObject({ status: "ready", size: 1255 });
  const list = async (query: string) => (await api.get(`${base}?${query}`)).body.total_count;
  expect(await list(`instance_id=${instance}&name=nightly`)).toBe(1);
  expect(await list("instance_id=another")).toBe(0);
});

test("a restore goes to the database that is named, or to that of the backup", async () => {
  const restored: string[] = [];
  const restore = async (_backup: string, _instance: string, database: string) =>
    void restored.push(database);
  const { api } = newApi({ restore });
  const { body } = await api.post(base, asked);
  await api.get(`${base}/${body.id}`);
  for (const database_name of ["other", undefined]) {
    const path = `${base}/${body.id}/restore`;
    expect((await api.post(path, { instance_id: instance, database_name })).body).toMatchObject({
      status: "restoring",
    });
    expect((await api.get(`${base}/${body.id}`)).body.status).toBe("ready");
  }
  expect(restored).toEqual(["other", "airflow"]);
});

test("what cannot be copied is in error, and what was interrupted is no backup", async () => {
  const dump = () => Promise.reject(new Error("no such database"));
  const { api, model, backups } = newApi({ dump });
  const { body } = await api.post(base, asked);
  expect((await api.get(`${base}/${body.id}`)).body.status).toBe("error");
  model.backups.change(body.id, { status: "creating" });
  backups.resume();
  expect(model.backups.get(body.id).status).toBe("error");
});

test("an instance that is busy, and one that is not there, give no backup", async () => {
  const { api, model } = newApi();
  model.databaseInstances.change(instance, { status: "restarting" });
  expect((await api.post(base, asked)).body.type).toBe("transient_state");
  const other = { ...asked, instance_id: "23558133-00ed-474d-bf9b-c7724e53e3a9" };
  expect((await api.post(base, other)).body.type).toBe("not_found");
});
