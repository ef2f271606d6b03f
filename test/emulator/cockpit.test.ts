import { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Printed } from "../../emulator/containers/printed";
import { LogQueries } from "../../emulator/edge/logQueries";
import { cockpitRoutes } from "../../emulator/products/cockpit";
import { TestApi, newModel } from "./fixtures";

const base = "/cockpit/v1/regions/fr-par";

function newCockpit() {
  const model = newModel();
  const api = new TestApi(model, cockpitRoutes(model));
  const lines = [{ instance: "web-1", time: "2026-01-01T00:00:00.123456789Z", text: "hello" }];
  const printed = { of: async (id: string) => (id === "web" ? lines : []) };
  const queries = new LogQueries(model, printed as unknown as Printed);
  return { model, api, query: (token?: string) => ask(queries, token) };
}

/** Asks the edge's service as a request to the data source would. */
function ask(queries: LogQueries, token?: string): Promise<{ status: number; content: string }> {
  const query = encodeURIComponent('{resource_type="serverless_container", resource_id="web"}');
  const url = `/loki/api/v1/query_range?query=${query}`;
  return new Promise((resolve) => {
    let status = 0;
    const response = Object.assign(new EventEmitter(), {
      writeHead: (code: number) => {
        status = code;
        return response;
      },
      end: (content: string) => resolve({ status, content }),
    });
    const request = { url, headers: { "x-token": token } };
    queries.handle(request as unknown as IncomingMessage, response as unknown as ServerResponse);
  });
}

it("lists the source of the platform's own logs, and no metrics", async () => {
  const { api, model } = newCockpit();
  const id = model.tenant.project_id;
  const { body } = await api.get(`${base}/data-sources?origin=scaleway&types=logs`);
  expect(body).toMatchObject({
    total_count: 1,
    data_sources: [{ id, url: `https://${id}.logs.cockpit.fr-par.scw.cloud` }],
  });
  expect((await api.get(`${base}/data-sources?types=metrics`)).body.total_count).toBe(0);
});

it("tells a token's secret once, and forgets a deleted token", async () => {
  const { api } = newCockpit();
  const { body: token } = await api.post(`${base}/tokens`, { name: "reader" });
  expect(token.secret_key).toEqual(expect.any(String));
  expect((await api.get(`${base}/tokens/${token.id}`)).body).not.toHaveProperty("secret_key");
  expect((await api.delete(`${base}/tokens/${token.id}`)).status).toBe(204);
  expect((await api.delete(`${base}/tokens/${token.id}`)).status).toBe(404);
});

it("gives what a container printed to a token that may read logs, and to no other", async () => {
  const { api, query } = newCockpit();
  const secretOf = async (scope: string) =>
    (await api.post(`${base}/tokens`, { name: scope, token_scopes: [scope] })).body.secret_key;
  expect((await query()).status).toBe(401);
  expect((await query(await secretOf("write_only_logs"))).status).toBe(401);
  const { content } = await query(await secretOf("read_only_logs"));
  expect(JSON.parse(content).data.result[0].values).toEqual([
    ["1767225600123456789", '{"resource_instance":"web-1","message":"hello"}'],
  ]);
});
