import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { Model } from "../model";
import type { Container } from "../records";
import type { Operations } from "../operations";
import { newId, now } from "../ids";
import { omit } from "../omit";
import { parseBody, withoutUndefined } from "../api/body";
import { alreadyExists, transientState } from "../api/errors";
import { listed } from "../api/lists";
import { inRegion, regionOf, regionalRecord } from "../api/regions";
import { DeploymentInterrupted } from "../containers/host";
import { publicEndpoint } from "../containers/naming";
import { changeSecrets } from "../containers/secrets";
import { checkScaling, checkVariables, containerChanges, newContainer } from "./containerRules";

/** What containers need of the machine. */
export interface ContainerRunner {
  deploy(container: Container): Promise<void>;
  /** Brings back what was deployed before the emulator was stopped. */
  resume(container: Container): Promise<void>;
  interrupt(id: string): void;
  remove(id: string): Promise<void>;
}

const base = "/containers/v1/regions/:region/containers";
const transient = ["creating", "updating", "deleting"];
/** Changes of these are only noted: the running container stays as it is. */
const withoutRedeployment = new Set([
  "description",
  "tags",
  "privacy",
  "timeout",
  "min_scale",
  "max_scale",
  "scaling_option",
  "https_connection_only",
]);

/** The containers of the API, and the work on them. */
export class Containers {
  constructor(
    private readonly model: Model,
    private readonly operations: Operations,
    private readonly runner: ContainerRunner,
  ) {}

  routes = (app: FastifyInstance): void => {
    const { containers } = this.model;
    app.post(base, async (request) =>
      this.create(regionOf(request), parseBody(newContainer, request.body)),
    );
    app.get(base, async (request) => {
      const all = containers.list(({ region }) => region === regionOf(request));
      return listed("containers", all, request.query, ["name", "namespace_id"]);
    });
    app.get(`${base}/:id`, async (request) => {
      const { id } = regionalRecord(containers, request);
      await this.operations.settled(id);
      return containers.get(id);
    });
    app.patch(`${base}/:id`, async (request) =>
      this.update(regionalRecord(containers, request), parseBody(containerChanges, request.body)),
    );
    app.post(`${base}/:id/redeploy`, async (request) =>
      this.update(regionalRecord(containers, request), {
        image: regionalRecord(containers, request).image,
      }),
    );
    app.delete(`${base}/:id`, async (request) =>
      this.delete(regionalRecord(containers, request).id),
    );
  };

  /** Deletes the containers of a namespace and waits until they are gone. */
  deleteAll = async (namespace: string): Promise<void> => {
    const members = this.model.containers.list(({ namespace_id }) => namespace_id === namespace);
    for (const { id, status } of members) if (status !== "deleting") this.delete(id);
    await Promise.all(members.map(({ id }) => this.operations.finished(id)));
  };

  /** Waits until no container in a private network is being deleted. */
  departures = async (privateNetwork: string): Promise<void> => {
    const leaving = this.model.containers.list(
      ({ private_network_id }) => private_network_id === privateNetwork,
    );
    await Promise.all(leaving.map(({ id }) => this.operations.finished(id)));
  };

  /** Takes up, after a restart, what the records say should run; finishes what was being deleted. */
  resume(): void {
    const bringBack = (container: Container) => this.runner.resume(container);
    for (const container of this.model.containers.list()) {
      const { id, status } = container;
      if (status === "deleting") this.delete(id);
      else if (status !== "error") this.deployWith(container, bringBack);
      else if (this.model.revisions.find(id)) this.operations.start(id, () => bringBack(container));
    }
  }

  /** Deploys, and notes how that ended as the container's status. */
  private deployWith(container: Container, deploy: (container: Container) => Promise<void>): void {
    const { id } = container;
    this.operations.start(id, async () => {
      const failure = await deploy(container).then(
        () => undefined,
        (error: Error) => error,
      );
      const current = this.model.containers.find(id);
      if (failure instanceof DeploymentInterrupted || current?.status === "deleting") return;
      const error_message = failure?.message ?? "";
      const status = error_message ? "error" : "ready";
      this.model.containers.change(id, { status, error_message, updated_at: now() });
    });
  }

  private async create(region: string, body: z.output<typeof newContainer>): Promise<Container> {
    checkVariables(body);
    const { secret_environment_variables: wanted = {}, ...fields } = body;
    const namespace = inRegion(this.model.containerNamespaces, region, fields.namespace_id);
    this.refuseNamesake(namespace.id, fields.name);
    if (fields.private_network_id) {
      inRegion(this.model.privateNetworks, region, fields.private_network_id);
    }
    const container: Container = {
      ...defaults(),
      ...withoutUndefined(fields),
      name: fields.name,
      image: fields.image,
      namespace_id: namespace.id,
      public_endpoint: publicEndpoint(namespace, fields.name, region),
      region,
    };
    checkScaling(container);
    const { values, hashes } = await changeSecrets({ values: {}, hashes: {} }, wanted);
    container.secret_environment_variables = hashes;
    this.model.secrets.put({ id: container.id, values });
    this.model.containers.put(container);
    this.deployWith(container, (deployed) => this.runner.deploy(deployed));
    return container;
  }

  private async update(
    container: Container,
    body: z.output<typeof containerChanges>,
  ): Promise<Container> {
    if (transient.includes(container.status)) {
      throw transientState("container", container.id, container.status);
    }
    checkVariables(body);
    const changed = applyChanges(container, body);
    checkScaling(changed);
    changed.secret_environment_variables = await this.applySecrets(container, body);
    if (changed.private_network_id) {
      inRegion(this.model.privateNetworks, container.region, changed.private_network_id);
    }
    const redeploys =
      container.status !== "ready" ||
      Object.keys(withoutUndefined(body)).some((key) => !withoutRedeployment.has(key));
    this.model.containers.put({ ...changed, status: "updating", updated_at: now() });
    this.deployWith(changed, async (deployed) => {
      if (redeploys) await this.runner.deploy(deployed);
    });
    return this.model.containers.get(container.id);
  }

  private delete(id: string): Container {
    this.runner.interrupt(id);
    const deleting = this.model.containers.change(id, { status: "deleting", updated_at: now() });
    this.operations.start(id, async () => {
      await this.runner.remove(id);
      this.model.secrets.remove(id);
      this.model.containers.remove(id);
    });
    return deleting;
  }

  private async applySecrets(
    { id, secret_environment_variables: hashes }: Container,
    { secret_environment_variables: wanted }: z.output<typeof containerChanges>,
  ): Promise<Record<string, string>> {
    if (!wanted) return hashes;
    const values = this.model.secrets.find(id)?.values ?? {};
    const after = await changeSecrets({ values, hashes }, wanted);
    this.model.secrets.put({ id, values: after.values });
    return after.hashes;
  }

  private refuseNamesake(namespace: string, wanted: string): void {
    const namesake = this.model.containers.list(
      ({ name, namespace_id }) => name === wanted && namespace_id === namespace,
    )[0];
    if (namesake) {
      throw alreadyExists("container", namesake.id, "the namespace has a container of this name");
    }
  }
}

function applyChanges(container: Container, body: z.output<typeof containerChanges>): Container {
  const { https_connection_only, ...fields } = omit(body, "secret_environment_variables");
  const changed: Container = { ...container, ...withoutUndefined(fields) };
  if (https_connection_only !== undefined) changed.https_connections_only = https_connection_only;
  if (changed.private_network_id === "") delete changed.private_network_id;
  return changed;
}

function defaults() {
  const created_at = now();
  return {
    id: newId(),
    description: "",
    status: "creating",
    created_at,
    updated_at: created_at,
    min_scale: 0,
    max_scale: 5,
    memory_limit_bytes: 2_048_000_000,
    mvcpu_limit: 1000,
    timeout: "300s",
    privacy: "public",
    protocol: "http1",
    port: 8080,
    https_connections_only: false,
    sandbox: "v2",
    local_storage_limit_bytes: 1_000_000_000,
    scaling_option: { concurrent_requests_threshold: 50 },
    tags: [],
    command: [],
    args: [],
    environment_variables: {},
    liveness_probe: { failure_threshold: 30, interval: "10s", timeout: "1s", tcp: {} },
    startup_probe: null,
    secret_environment_variables: {},
  };
}
