import { z } from "zod";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Model } from "../model";
import type { ApiKey, Application, Policy, Rule } from "../records";
import { newAccessKey, newId, now } from "../ids";
import { omit } from "../omit";
import { parseBody, tags, withoutUndefined } from "../api/body";
import { constraint } from "../api/errors";
import { listed } from "../api/lists";

const base = "/iam/v1alpha1";
const described = { description: z.string().optional(), tags: tags.optional() };
const rule = z.object({
  permission_set_names: z.array(z.string()).min(1),
  condition: z.string().default(""),
  project_ids: z.array(z.string()).optional(),
  organization_id: z.string().optional(),
});
const principal = {
  user_id: z.string().optional(),
  group_id: z.string().optional(),
  application_id: z.string().optional(),
  no_principal: z.boolean().optional(),
};
const newApplication = z.object({ name: z.string().min(1), ...described });
const newPolicy = newApplication.extend({ ...principal, rules: z.array(rule).default([]) });
const newKey = z.object({
  application_id: z.string().optional(),
  user_id: z.string().optional(),
  expires_at: z.iso.datetime({ offset: true }).optional(),
  default_project_id: z.string().optional(),
  description: z.string().optional(),
});

const idOf = (request: FastifyRequest) => (request.params as { id: string }).id;

/** Identity: applications, policies with their rules, and API keys. */
export function iamRoutes(model: Model, apiKeysChanged: () => void) {
  return (app: FastifyInstance): void => {
    applicationRoutes(app, model);
    policyRoutes(app, model);
    apiKeyRoutes(app, model, apiKeysChanged);
  };
}

function applicationRoutes(app: FastifyInstance, model: Model): void {
  const wire = (application: Application) => ({
    ...application,
    nb_api_keys: model.apiKeys.list((key) => key.application_id === application.id).length,
  });
  app.post(`${base}/applications`, async ({ body }) => {
    const fields = parseBody(newApplication, body);
    const namesake = model.applications.list(({ name }) => name === fields.name)[0];
    if (namesake) throw constraint("name", "an application with this name already exists");
    return wire(
      model.applications.put({ ...manageable(model), description: "", tags: [], ...fields }),
    );
  });
  app.get(`${base}/applications`, async ({ query }) =>
    listed("applications", model.applications.list().map(wire), query, ["name", "organization_id"]),
  );
  app.get(`${base}/applications/:id`, async (request) =>
    wire(model.applications.get(idOf(request))),
  );
  app.patch(`${base}/applications/:id`, async (request) => {
    const changes = parseBody(newApplication.partial(), request.body);
    return wire(
      model.applications.change(idOf(request), {
        ...withoutUndefined(changes),
        updated_at: now(),
      }),
    );
  });
  app.delete(`${base}/applications/:id`, async (request, reply) => {
    const { id } = model.applications.get(idOf(request));
    model.applications.remove(id);
    for (const key of model.apiKeys.list(({ application_id }) => application_id === id)) {
      model.apiKeys.remove(key.id);
    }
    return reply.code(204).send();
  });
}

function policyRoutes(app: FastifyInstance, model: Model): void {
  app.post(`${base}/policies`, async ({ body }) => {
    const { rules, ...fields } = parseBody(newPolicy, body);
    checkPrincipal(model, fields.application_id);
    checkProjects(model, rules);
    const policy: Policy = {
      ...manageable(model),
      description: "",
      tags: [],
      ...withoutUndefined(fields),
      name: fields.name,
      rules: rules.map(newRule),
    };
    return policyWire(model.policies.put(policy));
  });
  app.get(`${base}/policies`, async ({ query }) =>
    listed("policies", model.policies.list().map(policyWire), query, ["name", "organization_id"]),
  );
  app.get(`${base}/policies/:id`, async (request) => policyWire(model.policies.get(idOf(request))));
  app.patch(`${base}/policies/:id`, async (request) => {
    const changes = parseBody(newApplication.extend(principal).partial(), request.body);
    checkPrincipal(model, changes.application_id);
    const policy = model.policies.get(idOf(request));
    const kept = changesPrincipal(changes) ? withoutPrincipal(policy) : policy;
    return policyWire(
      model.policies.put({ ...kept, ...withoutUndefined(changes), updated_at: now() } as Policy),
    );
  });
  app.delete(`${base}/policies/:id`, async (request, reply) => {
    model.policies.remove(model.policies.get(idOf(request)).id);
    return reply.code(204).send();
  });
  app.get(`${base}/rules`, async ({ query }) => {
    const { policy_id = "" } = query as { policy_id?: string };
    const { rules } = model.policies.get(policy_id);
    return { rules, total_count: rules.length };
  });
  app.put(`${base}/rules`, async ({ body }) => {
    const schema = z.object({ policy_id: z.string(), rules: z.array(rule) });
    const { policy_id, rules } = parseBody(schema, body);
    checkProjects(model, rules);
    const policy = model.policies.change(policy_id, { rules: rules.map(newRule) });
    return { rules: policy.rules };
  });
}

function apiKeyRoutes(app: FastifyInstance, model: Model, changed: () => void): void {
  app.post(`${base}/api-keys`, async ({ body }) => {
    const fields = parseBody(newKey, body);
    checkPrincipal(model, fields.application_id);
    if (!fields.application_id === !fields.user_id) {
      throw constraint("application_id", "give an application or a user");
    }
    const default_project_id = fields.default_project_id ?? model.tenant.project_id;
    model.projects.get(default_project_id);
    const key: ApiKey = {
      id: newAccessKey(),
      secret_key: newId(),
      created_at: now(),
      updated_at: now(),
      ...withoutUndefined(fields),
      description: fields.description ?? "",
      expires_at: fields.expires_at ?? null,
      default_project_id,
    };
    model.apiKeys.put(key);
    changed();
    return { ...keyWire(key), secret_key: key.secret_key };
  });
  app.get(`${base}/api-keys`, async ({ query }) =>
    listed("api_keys", model.apiKeys.list().map(keyWire), query, ["application_id", "access_key"]),
  );
  app.get(`${base}/api-keys/:id`, async (request) => keyWire(model.apiKeys.get(idOf(request))));
  app.patch(`${base}/api-keys/:id`, async (request) => {
    const changeable = newKey.pick({ description: true, default_project_id: true }).partial();
    const changes = parseBody(changeable, request.body);
    return keyWire(
      model.apiKeys.change(idOf(request), { ...withoutUndefined(changes), updated_at: now() }),
    );
  });
  app.delete(`${base}/api-keys/:id`, async (request, reply) => {
    model.apiKeys.remove(model.apiKeys.get(idOf(request)).id);
    changed();
    return reply.code(204).send();
  });
}

function manageable(model: Model) {
  return {
    id: newId(),
    created_at: now(),
    updated_at: now(),
    organization_id: model.tenant.organization_id,
    editable: true,
    deletable: true,
    managed: false,
  };
}

function checkPrincipal(model: Model, application?: string): void {
  if (application) model.applications.get(application);
}

function checkProjects(model: Model, rules: z.output<typeof rule>[]): void {
  for (const id of rules.flatMap(({ project_ids }) => project_ids ?? [])) model.projects.get(id);
}

const changesPrincipal = (fields: object) => Object.keys(principal).some((key) => key in fields);

const withoutPrincipal = (policy: Policy) =>
  omit(policy, "user_id", "group_id", "application_id", "no_principal");

function newRule(fields: z.output<typeof rule>): Rule {
  return {
    id: newId(),
    permission_sets_scope_type: fields.permission_set_names.some((name) => name.startsWith("IAM"))
      ? "organization"
      : "projects",
    ...fields,
  };
}

function policyWire({ rules, ...policy }: Policy) {
  const scopes = rules.flatMap(({ project_ids, organization_id }) => [
    ...(project_ids ?? []),
    ...(organization_id ? [organization_id] : []),
  ]);
  return {
    ...policy,
    nb_rules: rules.length,
    nb_scopes: new Set(scopes).size,
    nb_permission_sets: new Set(rules.flatMap((rule) => rule.permission_set_names)).size,
  };
}

function keyWire({ id, ...key }: ApiKey) {
  return {
    access_key: id,
    ...key,
    secret_key: null,
    editable: true,
    deletable: true,
    managed: false,
    creation_ip: "127.0.0.1",
  };
}
