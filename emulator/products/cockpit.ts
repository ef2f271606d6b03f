import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { parseBody } from "../api/body";
import { notFound } from "../api/errors";
import { listed } from "../api/lists";
import { regionOf } from "../api/regions";
import { newId, now } from "../ids";
import type { Model } from "../model";
import { omit } from "../omit";

const base = "/cockpit/v1/regions/:region";
const newToken = z.object({
  project_id: z.uuid().optional(),
  name: z.string().min(1),
  token_scopes: z.array(z.string()).default(["write_only_metrics", "write_only_logs"]),
});

/** Cockpit, as far as the logs of containers are concerned: where they are, and tokens that read them. */
export function cockpitRoutes(model: Model) {
  return (app: FastifyInstance): void => {
    app.get(`${base}/data-sources`, async (request) => {
      const { types, ...query } = request.query as Record<string, string | undefined>;
      const sources = [logSource(model, regionOf(request))];
      const wanted = sources.filter(({ type }) => !types || types === type);
      return listed("data_sources", wanted, query, ["project_id", "origin", "name"]);
    });
    app.post(`${base}/tokens`, async (request) => {
      const { project_id, name, token_scopes } = parseBody(newToken, request.body);
      return model.cockpitTokens.put({
        id: newId(),
        project_id: project_id ?? model.tenant.project_id,
        name,
        scopes: token_scopes,
        secret_key: newId(),
        created_at: now(),
        updated_at: now(),
        region: regionOf(request),
      });
    });
    app.get(`${base}/tokens/:id`, async ({ params }) =>
      omit(model.cockpitTokens.get((params as { id: string }).id), "secret_key"),
    );
    app.delete(`${base}/tokens/:id`, async ({ params }, reply) => {
      const { id } = params as { id: string };
      if (!model.cockpitTokens.find(id)) throw notFound("token", id);
      model.cockpitTokens.remove(id);
      return reply.code(204).send();
    });
  };
}

/** The source that every project has of itself: what the platform's products print. */
function logSource({ tenant }: Model, region: string) {
  const id = tenant.project_id;
  return {
    id,
    project_id: tenant.project_id,
    name: "Scaleway Logs",
    url: `https://${id}.logs.cockpit.${region}.scw.cloud`,
    type: "logs",
    origin: "scaleway",
    created_at: "2024-01-01T00:00:00Z",
    updated_at: "2024-01-01T00:00:00Z",
    synchronized_with_grafana: true,
    retention_days: 7,
    region,
  };
}
