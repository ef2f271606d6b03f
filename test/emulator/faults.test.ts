import { Faults } from "../../emulator/api/faults";
import { vpcRoutes } from "../../emulator/products/vpc";
import type { Networks } from "../../emulator/docker/networks";
import { TestApi, newModel } from "./fixtures";

const vpcs = "/vpc/v2/regions/fr-par/vpcs";

function newApi() {
  const model = newModel();
  const networks = {} as Networks;
  const api = new TestApi(
    model,
    new Faults().routes,
    vpcRoutes(model, networks, async () => {}),
  );
  const plan = (fault: object) => api.put("/emulator/faults", { faults: [fault] });
  const count = async () => (await api.get(vpcs)).body.total_count;
  return { api, plan, count };
}

it.each([
  [503, { message: "service is unavailable" }],
  [409, { type: "transient_state", current_state: "updating", resource: "vpc" }],
  [403, { type: "quotas_exceeded", details: [{ resource: "VPCs", quota: 10, current: 10 }] }],
])("answers %i as often as planned, and does nothing", async (status, body) => {
  const { api, plan, count } = newApi();
  const before = await count();
  await plan({ call: "^POST /vpc/", times: 2, answer: { status, body } });
  const struck = [await api.post(vpcs, { name: "a" }), await api.post(vpcs, { name: "a" })];
  expect(struck).toEqual([
    { status, body },
    { status, body },
  ]);
  expect(await count()).toBe(before);
  expect((await api.post(vpcs, { name: "a" })).status).toBe(200);
});

it.each([
  ["before", 0],
  ["after", 1],
])("loses a call %s it is done", async (lost, done) => {
  const { api, plan, count } = newApi();
  const before = await count();
  await plan({ call: "^POST /vpc/", times: 1, lost });
  await expect(api.post(vpcs, { name: "a" })).rejects.toThrow();
  expect(await count()).toBe(before + done);
});

it("is slow where that is planned", async () => {
  const { plan, count } = newApi();
  await plan({ call: "^GET /vpc/", times: 1, delay: 300 });
  const begun = Date.now();
  await count();
  expect(Date.now() - begun).toBeGreaterThanOrEqual(299);
});
