import { z } from "zod";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Model } from "../model";
import type { ManagedSecret, SecretVersion } from "../records";
import { now } from "../ids";
import { omit } from "../omit";
import { parseBody, withoutUndefined } from "../api/body";
import { invalidArguments, notFound } from "../api/errors";

const largest = 64 * 1024;
const newVersion = z.object({
  data: z.base64().refine((data) => Buffer.from(data, "base64").length <= largest, {
    error: "must be up to 65536 bytes",
  }),
  description: z.string().optional(),
  disable_previous: z.boolean().optional(),
});

/** The versions of a secret, under `base`; their data is answered by `access` only. */
export function secretVersionRoutes(
  model: Model,
  base: string,
  secretOf: (request: FastifyRequest) => ManagedSecret,
) {
  const versions = model.secretVersions;
  const newestFirst = (secret: ManagedSecret) =>
    versions
      .list(({ secret_id }) => secret_id === secret.id)
      .sort((one, other) => other.revision - one.revision);
  const wire = (version: SecretVersion) => ({
    ...omit(version, "id", "data"),
    latest: newestFirst(model.managedSecrets.get(version.secret_id))[0]!.id === version.id,
  });
  const find = (request: FastifyRequest): SecretVersion => {
    const secret = secretOf(request);
    const { revision } = request.params as { revision: string };
    const all = newestFirst(secret);
    const found =
      revision === "latest"
        ? all[0]
        : revision === "latest_enabled"
          ? all.find(({ status }) => status === "enabled")
          : all.find((version) => String(version.revision) === revision);
    if (!found) throw notFound("secret_version", `${secret.id}/${revision}`);
    return found;
  };
  const change = (version: SecretVersion, changed: Partial<SecretVersion>) =>
    wire(versions.change(version.id, { ...changed, updated_at: now() }));

  return (app: FastifyInstance): void => {
    app.post(base, async (request) => {
      const secret = secretOf(request);
      const { data, description = "", disable_previous } = parseBody(newVersion, request.body);
      refuseBadPayload(secret, data);
      const [previous] = newestFirst(secret);
      if (previous && disable_previous) change(previous, { status: "disabled" });
      const revision = (previous?.revision ?? 0) + 1;
      const created_at = now();
      return wire(
        versions.put({
          id: `${secret.id}/${revision}`,
          revision,
          secret_id: secret.id,
          status: "enabled",
          created_at,
          updated_at: created_at,
          deleted_at: null,
          description,
          ephemeral_properties: null,
          deletion_requested_at: null,
          region: secret.region,
          data,
        }),
      );
    });
    app.get(base, async (request) => {
      const all = newestFirst(secretOf(request)).map(wire);
      return { versions: all, total_count: all.length };
    });
    app.get(`${base}/:revision`, async (request) => wire(find(request)));
    app.get(`${base}/:revision/access`, async (request) => {
      const { type, deletion_requested_at, id } = secretOf(request);
      if (deletion_requested_at !== null) throw notFound("secret", id);
      const { secret_id, revision, data, status } = find(request);
      if (status !== "enabled") throw notFound("secret_version", `${secret_id}/${revision}`);
      return { secret_id, revision, data, data_crc32: null, type };
    });
    app.patch(`${base}/:revision`, async (request) => {
      const changes = parseBody(z.object({ description: z.string().optional() }), request.body);
      return change(find(request), withoutUndefined(changes));
    });
    app.post(`${base}/:revision/enable`, async (request) =>
      change(find(request), { status: "enabled" }),
    );
    app.post(`${base}/:revision/disable`, async (request) =>
      change(find(request), { status: "disabled" }),
    );
    app.delete(`${base}/:revision`, async (request, reply) => {
      change(find(request), { status: "scheduled_for_deletion", deletion_requested_at: now() });
      return reply.code(204).send();
    });
  };
}

/** Key-value secrets are JSON objects whose values are texts. */
function refuseBadPayload({ type }: ManagedSecret, data: string): void {
  if (type !== "key_value") return;
  const result = z.record(z.string(), z.string()).safeParse(parsed(data));
  if (result.success) return;
  const help_message = result.error.issues
    .map(({ path, message }) => `- ${path.join(".") || "(root)"}: ${message}\n`)
    .join("");
  throw invalidArguments([{ argument_name: "data", reason: "format", help_message }]);
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(Buffer.from(data, "base64").toString());
  } catch {
    return undefined;
  }
}
