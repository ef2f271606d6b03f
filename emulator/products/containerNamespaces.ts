import { z } from "zod";
import type { FastifyInstance } from "fastify";
import type { Model } from "../model";
import type { ContainerNamespace } from "../records";
import type { Operations } from "../operations";
import { now } from "../ids";
import { parseBody, variables, withoutUndefined } from "../api/body";
import { alreadyExists } from "../api/errors";
import { listed } from "../api/lists";
import { regionOf, regionalRecord } from "../api/regions";
import { changeSecrets } from "../containers/secrets";
import { checkVariables } from "./containerRules";
import { newRegional, regionalFields } from "./regional";

const base = "/containers/v1/regions/:region/namespaces";
const fieldsOfNamespace = z.object({
  ...regionalFields,
  description: z.string().optional(),
  environment_variables: variables.optional(),
  secret_environment_variables: variables.optional(),
});

type DeleteContainers = (namespace: string) => Promise<void>;

/** Finishes, after a restart, what was under way for namespaces. */
export function resumeContainerNamespaces(
  model: Model,
  operations: Operations,
  deleteContainers: DeleteContainers,
): void {
  for (const { id, status } of model.containerNamespaces.list()) {
    if (status === "deleting") remove(id, model, operations, deleteContainers);
    else model.containerNamespaces.change(id, { status: "ready" });
  }
}

function remove(
  id: string,
  model: Model,
  operations: Operations,
  deleteContainers: DeleteContainers,
): void {
  operations.start(id, async () => {
    await deleteContainers(id);
    model.secrets.remove(id);
    model.containerNamespaces.remove(id);
  });
}

/** Namespaces of containers; deleting one deletes its containers. */
export function containerNamespaceRoutes(
  model: Model,
  operations: Operations,
  deleteContainers: DeleteContainers,
) {
  const namespaces = model.containerNamespaces;

  const applySecrets = async (namespace: ContainerNamespace, wanted?: Record<string, string>) => {
    if (!wanted) return namespace.secret_environment_variables;
    const before = {
      values: model.secrets.find(namespace.id)?.values ?? {},
      hashes: namespace.secret_environment_variables,
    };
    const { values, hashes } = await changeSecrets(before, wanted);
    model.secrets.put({ id: namespace.id, values });
    return hashes;
  };
  const becomes = (id: string, status: string) =>
    operations.start(id, async () => void namespaces.change(id, { status }));

  return (app: FastifyInstance): void => {
    app.post(base, async (request) => {
      const fields = parseBody(fieldsOfNamespace, request.body);
      checkVariables(fields);
      const namespace: ContainerNamespace = {
        ...newRegional(model, regionOf(request), "ns", fields),
        description: fields.description ?? "",
        status: "creating",
        environment_variables: fields.environment_variables ?? {},
        secret_environment_variables: {},
      };
      refuseNamesake(model, namespace);
      namespace.secret_environment_variables = await applySecrets(
        namespace,
        fields.secret_environment_variables,
      );
      namespaces.put(namespace);
      becomes(namespace.id, "ready");
      return namespace;
    });

    app.get(base, async (request) => {
      const all = namespaces.list(({ region }) => region === regionOf(request));
      return listed("namespaces", all, request.query, ["name", "project_id", "organization_id"]);
    });

    app.get(`${base}/:id`, async (request) => {
      const { id } = regionalRecord(namespaces, request);
      await operations.settled(id);
      return namespaces.get(id);
    });

    app.patch(`${base}/:id`, async (request) => {
      const namespace = regionalRecord(namespaces, request);
      const fields = parseBody(fieldsOfNamespace.omit({ name: true }), request.body);
      checkVariables(fields);
      const { secret_environment_variables: wanted, ...changes } = fields;
      const redeploys = wanted !== undefined || changes.environment_variables !== undefined;
      const changed = namespaces.put({
        ...namespace,
        ...withoutUndefined(changes),
        secret_environment_variables: await applySecrets(namespace, wanted),
        status: redeploys ? "updating" : namespace.status,
        updated_at: now(),
      });
      if (redeploys) becomes(namespace.id, "ready");
      return changed;
    });

    app.delete(`${base}/:id`, async (request) => {
      const { id } = regionalRecord(namespaces, request);
      const deleting = namespaces.change(id, { status: "deleting", updated_at: now() });
      remove(id, model, operations, deleteContainers);
      return deleting;
    });
  };
}

function refuseNamesake(model: Model, namespace: ContainerNamespace): void {
  const namesake = model.containerNamespaces.list(
    ({ name, region, project_id }) =>
      name === namespace.name && region === namespace.region && project_id === namespace.project_id,
  )[0];
  if (namesake) {
    throw alreadyExists("namespace", namesake.id, "a namespace with this name already exists");
  }
}
