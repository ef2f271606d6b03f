import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Model } from "../model";
import type { Operations } from "../operations";
import { parseBody } from "./body";
import { notFound } from "./errors";

/** What the control routes show besides the records. */
export interface ControlView {
  /** Whether a database answers: if not, connections to it time out, as when its network is lost. */
  setReachable(database: string, reachable: boolean): Promise<void>;
  localUrl(container: string): Promise<string>;
  dockerObjects(): Promise<{ containers: string[]; networks: string[]; volumes: string[] }>;
  /** What ends the containers that were replaced. */
  retirements: { graceSeconds: number; ended(): Promise<void> };
}

const reachability = z.object({ reachable: z.boolean() });
const behaviour = z
  .object({ answer_at_once: z.boolean(), grace_seconds: z.int().min(0) })
  .partial();

/** Routes about the emulator itself, which the cloud does not have; they need no API key. */
export function controlRoutes(model: Model, operations: Operations, view: ControlView) {
  return (app: FastifyInstance): void => {
    app.put("/emulator/behaviour", async ({ body }) => {
      const { retirements } = view;
      const wanted = parseBody(behaviour, body);
      operations.answerAtOnce = wanted.answer_at_once ?? operations.answerAtOnce;
      retirements.graceSeconds = wanted.grace_seconds ?? retirements.graceSeconds;
      return { answer_at_once: operations.answerAtOnce, grace_seconds: retirements.graceSeconds };
    });

    app.put("/emulator/databases/:name", async ({ params, body }) => {
      const { reachable } = parseBody(reachability, body);
      const { name } = params as { name: string };
      const [instance] = model.databaseInstances.list((each) => each.name === name);
      if (!instance) throw notFound("instance", name);
      await view.setReachable(instance.id, reachable);
      return { reachable };
    });

    app.get("/emulator/containers", async () =>
      Promise.all(
        model.containers
          .list()
          .map(async ({ id, name, namespace_id, status, public_endpoint }) => ({
            id,
            name,
            namespace: model.containerNamespaces.get(namespace_id).name,
            status,
            public_endpoint,
            local_url: await view.localUrl(id),
            docker_container: model.revisions.find(id)?.docker_name ?? null,
          })),
      ),
    );

    app.get("/emulator/resources", async () => {
      await view.retirements.ended();
      return resources(model, view);
    });
  };
}

async function resources(model: Model, view: ControlView) {
  return {
    container_namespaces: namesOf(model.containerNamespaces.list()),
    containers: namesOf(model.containers.list()),
    registry_namespaces: namesOf(model.registryNamespaces.list()),
    database_instances: namesOf(model.databaseInstances.list()),
    database_backups: namesOf(model.backups.list()),
    vpcs: namesOf(model.vpcs.list(({ is_default }) => !is_default)),
    private_networks: namesOf(model.privateNetworks.list()),
    projects: namesOf(model.projects.list(({ id }) => id !== model.tenant.project_id)),
    applications: namesOf(model.applications.list()),
    policies: namesOf(model.policies.list()),
    api_keys: model.apiKeys.list(({ id }) => id !== model.tenant.access_key).map(({ id }) => id),
    secrets: namesOf(
      model.managedSecrets.list(({ deletion_requested_at }) => deletion_requested_at === null),
    ),
    buckets: model.buckets.list().map(({ id }) => id),
    cockpit_tokens: namesOf(model.cockpitTokens.list()),
    docker: await view.dockerObjects(),
  };
}

const namesOf = (records: { name: string }[]) => records.map(({ name }) => name);
