import type { Model } from "../../emulator/model";
import { Operations } from "../../emulator/operations";
import { ipamRoutes } from "../../emulator/products/ipam";
import { DatabaseInstances } from "../../emulator/products/rdb/instances";
import { TestApi, newModel } from "./fixtures";

const base = "/rdb/v1/regions/fr-par/instances";
const network = "9bf1e809-2659-4e8b-bbf7-7c70acf2cbc2";

type Initialize = ConstructorParameters<typeof DatabaseInstances>[5];

function newInstances(model: Model, initialize: Initialize = async () => {}): DatabaseInstances {
  return new DatabaseInstances(
    model,
    new Operations(),
    { start: async () => {}, remove: async () => {}, nameOf: (id) => id },
    {
      gateway: "172.16.0.1",
      takeAddress: (_holder, _network, wanted) => wanted ?? "172.16.4.2",
      releaseAddresses: () => {},
    },
    () => ({ certificate: "PEM", key: "KEY" }),
    initialize,
  );
}

function newApi({
  model = newModel(),
  initialize,
}: { model?: Model; initialize?: Initialize } = {}) {
  const instances = newInstances(model, initialize);
  model.privateNetworks.put({
    id: network,
    region: "fr-par",
    subnets: [{ id: "subnet", subnet: "172.16.4.0/22" }],
  } as never);
  const api = new TestApi(model, instances.routes, ipamRoutes(model));
  const create = (fields: object = {}) =>
    api.post(base, {
      name: "db",
      engine: "PostgreSQL-16",
      user_name: "admin",
      password: "thiZ_is_v&ry_s3cret",
      node_type: "DB-DEV-S",
      is_ha_cluster: false,
      disable_backup: false,
      tags: null,
      init_settings: null,
      volume_type: "lssd",
      volume_size: 0,
      init_endpoints: [{ private_network: { private_network_id: network, ipam_config: {} } }],
      backup_same_region: false,
      encryption: { enabled: false },
      ...fields,
    });
  return { api, create, instances };
}

describe("database instances", () => {
  it("that a crash cut short are made from the start, with the administrator that was asked for", async () => {
    const model = newModel();
    const { create } = newApi({ model, initialize: () => new Promise(() => {}) });
    const { body: created } = await create();
    const admins: object[] = [];
    const initialize: Initialize = async (_id, admin) => void admins.push(admin);
    const { api, instances } = newApi({ model, initialize });
    instances.resume();
    expect((await api.get(`${base}/${created.id}`)).body.status).toBe("ready");
    expect(admins).toEqual([{ name: "admin", password: "thiZ_is_v&ry_s3cret" }]);
    expect(model.secrets.find(created.id)).toBeUndefined();
  });

  it("come up in a private network by IPAM, with the settings of their node", async () => {
    const { api, create } = newApi();
    const { body } = await create();
    expect(body).toMatchObject({
      status: "provisioning",
      endpoint: null,
      settings: [],
      node_type: "db-dev-s",
      volume: { type: "lssd", class: "lssd", size: 5_000_000_000 },
      backup_schedule: { disabled: false, frequency: 24, retention: 7 },
    });
    const { body: read } = await api.get(`${base}/${body.id}`);
    expect(read.status).toBe("ready");
    expect(read.settings).toHaveLength(6);
    expect(read).not.toHaveProperty("certificate_key");
    expect(read.endpoints).toMatchObject([
      {
        ip: "172.16.4.2",
        port: 5432,
        private_network: { provisioning_mode: "ipam", service_ip: "172.16.4.2/22" },
      },
    ]);
    const query = `private_network_id=${network}&resource_id=${body.id}&resource_type=rdb_instance`;
    const { body: ipam } = await api.get(`/ipam/v1/regions/fr-par/ips?${query}`);
    expect(ipam).toMatchObject({ total_count: 1, ips: [{ address: "172.16.4.2/22" }] });
  });

  it("are public when no endpoint is asked for", async () => {
    const { create } = newApi();
    const { body } = await create({ init_endpoints: null });
    expect(body.endpoints).toHaveLength(1);
    expect(body.endpoint).toMatchObject({ ip: "172.16.0.1", load_balancer: {} });
  });

  it("keep exactly the settings that are put", async () => {
    const { api, create } = newApi();
    const { body } = await create();
    await api.get(`${base}/${body.id}`);
    const settings = [{ name: "max_connections", value: "200" }];
    expect((await api.put(`${base}/${body.id}/settings`, { settings })).body).toEqual({ settings });
    const { body: read } = await api.get(`${base}/${body.id}`);
    expect(read).toMatchObject({ status: "ready", settings });
  });

  it("change by PATCH what is named and nothing else", async () => {
    const { api, create } = newApi();
    const { body } = await create({ tags: ["a"] });
    const { body: changed } = await api.patch(`${base}/${body.id}`, {
      is_backup_schedule_disabled: true,
    });
    expect(changed).toMatchObject({
      tags: ["a"],
      backup_schedule: { disabled: true, frequency: 24 },
    });
    const { body: cleared } = await api.patch(`${base}/${body.id}`, { tags: [] });
    expect(cleared).toMatchObject({ tags: [], backup_schedule: { disabled: true } });
  });

  it("grow by an upgrade, and never shrink", async () => {
    const { api, create } = newApi();
    const { body } = await create({ volume_type: "sbs_5k", volume_size: 10_000_000_000 });
    const upgrade = (wanted: object) => api.post(`${base}/${body.id}/upgrade`, wanted);
    expect((await upgrade({ volume_size: 15_000_000_000 })).body).toMatchObject({
      status: "initializing",
      volume: { type: "sbs_5k", class: "sbs", size: 15_000_000_000 },
    });
    expect((await upgrade({ volume_size: 5_000_000_000 })).status).toBe(400);
    expect((await upgrade({ enable_ha: true })).body.is_ha_cluster).toBe(true);
  });

  it.each([
    [{ password: "weak" }, "password"],
    [{ password: "alllowercase1!" }, "password"],
    [{ engine: "MySQL-8" }, "engine"],
    [{ volume_size: 7_000_000_000 }, "volume_size"],
  ])("refuse %j", async (fields, argument_name) => {
    const { create } = newApi();
    const answer = await create(fields);
    expect(answer).toMatchObject({ status: 400, body: { type: "invalid_arguments" } });
    expect(answer.body.details[0]).toMatchObject({ argument_name });
  });

  it("are gone after their deletion", async () => {
    const { api, create } = newApi();
    const { body } = await create();
    expect((await api.delete(`${base}/${body.id}`)).body.status).toBe("deleting");
    expect((await api.get(`${base}/${body.id}`)).body).toMatchObject({
      resource: "instance",
      type: "not_found",
    });
  });
});
