import { z } from "zod";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Model } from "../model";
import type { ManagedSecret } from "../records";
import { now } from "../ids";
import { duration, parseBody, withoutUndefined } from "../api/body";
import { alreadyExists, protectedResource } from "../api/errors";
import { listed } from "../api/lists";
import { regionOf, regionalRecord } from "../api/regions";
import { newRegional, regionalFields } from "./regional";
import { secretVersionRoutes } from "./secretVersions";

const base = "/secret-manager/v1beta1/regions/:region/secrets";
const types = [
  "opaque",
  "certificate",
  "key_value",
  "basic_credentials",
  "database_credentials",
  "ssh_key",
] as const;
const path = z.string().regex(/^\/([^/]+(\/[^/]+)*)?$/, "must be / or folders such as /a/b");
const changeable = {
  tags: regionalFields.tags,
  description: z.string().optional(),
  path: path.optional(),
  ephemeral_policy: z
    .object({
      time_to_live: duration.optional(),
      expires_once_accessed: z.boolean().optional(),
      action: z.enum(["delete", "disable"]),
    })
    .optional(),
};
const newSecret = z.object({
  ...changeable,
  name: z.string().min(1),
  project_id: regionalFields.project_id,
  type: z.enum(types).default("opaque"),
  protected: z.boolean().default(false),
});
const changes = z.object({ ...changeable, name: z.string().min(1).optional() });

/** Secrets of Secret Manager with their versions. A deleted one is only marked, and no longer gives its data. */
export function secretManagerRoutes(model: Model) {
  const secrets = model.managedSecrets;
  const wire = (secret: ManagedSecret) => ({
    ...secret,
    version_count: model.secretVersions.list(({ secret_id }) => secret_id === secret.id).length,
  });
  const find = (request: FastifyRequest) => regionalRecord(secrets, request);
  const change = (request: FastifyRequest, changed: Partial<ManagedSecret>) =>
    wire(secrets.change(find(request).id, { ...changed, updated_at: now() }));

  return (app: FastifyInstance): void => {
    app.post(base, async (request) => {
      const fields = parseBody(newSecret, request.body);
      const secret: ManagedSecret = {
        ...newRegional(model, regionOf(request), "secret", fields),
        status: "ready",
        description: fields.description ?? "",
        managed: false,
        type: fields.type,
        protected: fields.protected,
        path: fields.path ?? "/",
        ephemeral_policy: fields.ephemeral_policy ?? null,
        used_by: [],
        deletion_requested_at: null,
        key_id: null,
      };
      refuseNamesake(model, secret);
      return wire(secrets.put(secret));
    });
    app.get(base, async (request) => {
      const { scheduled_for_deletion } = request.query as Record<string, string | undefined>;
      const own = secrets.list(
        ({ region, deletion_requested_at }) =>
          region === regionOf(request) &&
          (deletion_requested_at !== null) === (scheduled_for_deletion === "true"),
      );
      return listed("secrets", own.map(wire), request.query, [
        "name",
        "path",
        "type",
        "project_id",
      ]);
    });
    app.get(`${base}/:id`, async (request) => wire(find(request)));
    app.patch(`${base}/:id`, async (request) => {
      const changed = withoutUndefined(parseBody(changes, request.body));
      refuseNamesake(model, { ...find(request), ...changed });
      return change(request, changed);
    });
    app.post(`${base}/:id/protect`, async (request) => change(request, { protected: true }));
    app.post(`${base}/:id/unprotect`, async (request) => change(request, { protected: false }));
    app.delete(`${base}/:id`, async (request, reply) => {
      if (find(request).protected) throw protectedResource("cannot delete a protected secret");
      change(request, { deletion_requested_at: now() });
      return reply.code(204).send();
    });
    secretVersionRoutes(model, `${base}/:id/versions`, find)(app);
  };
}

function refuseNamesake(model: Model, secret: ManagedSecret): void {
  const namesake = model.managedSecrets.list(
    ({ id, name, path, region, project_id, deletion_requested_at }) =>
      id !== secret.id &&
      deletion_requested_at === null &&
      name === secret.name &&
      path === secret.path &&
      region === secret.region &&
      project_id === secret.project_id,
  )[0];
  if (namesake) {
    throw alreadyExists(
      "secret",
      namesake.id,
      "a secret with this name already exists in the path",
    );
  }
}
