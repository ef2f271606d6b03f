import { randomBytes } from "node:crypto";
import { cpus } from "node:os";
import { say } from "../../tools/progress";
import type { Model } from "../model";
import type { Container, Probe, Revision } from "../records";
import type { DockerEngine } from "../docker/engine";
import { pullImage, type RegistryLogin } from "../docker/images";
import type { Networks } from "../docker/networks";
import { until } from "../waiting";
import { Liveness } from "./liveness";
import type { Printed } from "./printed";
import { Retirements } from "./retirements";
import { budget, failureMessage, passes } from "./probes";

/** A container that cannot be made ready; the message is what the API answers. */
export class DeploymentFailed extends Error {}

/** A deployment that was ended before its outcome was known. */
export class DeploymentInterrupted extends Error {}

/** What the machine gives to every container. */
export interface Surroundings {
  registry: RegistryLogin;
  /** Opens and closes a container's address on localhost. */
  gateway: { open(container: Container): Promise<void>; close(id: string): Promise<void> };
  /** File with the certificates that containers trust. */
  trustedCertificates: string;
  printed: Printed;
}

const certificatesInside = "/etc/ssl/certs/ca-certificates.crt";
const restartsBeforeGivingUp = 5;
const anyListener: Probe = { failure_threshold: 30, interval: "10s", timeout: "1s", tcp: {} };

/** Runs containers in Docker, one Docker container for each; a new revision replaces the old when it is ready. */
export class ContainerHost {
  private readonly deployments = new Map<string, AbortController>();
  private readonly liveness: Liveness;
  readonly retirements: Retirements;

  constructor(
    private readonly model: Model,
    private readonly engine: DockerEngine,
    private readonly networks: Networks,
    private readonly surroundings: Surroundings,
  ) {
    this.liveness = new Liveness(engine);
    this.retirements = new Retirements(engine, networks);
  }

  /** Starts a new revision; the one before serves until it is ready, and stays if it never is. */
  async deploy(container: Container): Promise<void> {
    const deployment = new AbortController();
    this.deployments.set(container.id, deployment);
    try {
      await this.surroundings.gateway.open(container);
      const before = this.model.revisions.find(container.id);
      const revision = await this.startRevision(container);
      await this.becomeReady(container, revision, deployment.signal);
      this.model.revisions.put(revision);
      this.liveness.watch(revision);
      if (before) this.retirements.begin(container.id, before.docker_name);
    } finally {
      this.deployments.delete(container.id);
    }
  }

  /** Takes up, after a restart of the emulator, what served before; deploys what is lost or was under way. */
  async resume(container: Container): Promise<void> {
    await this.surroundings.gateway.open(container);
    const revision = this.model.revisions.find(container.id);
    const serves = revision && (await this.startAgain(revision));
    if (!serves || ["creating", "updating"].includes(container.status)) {
      return this.deploy(container);
    }
    if (container.status === "ready") await this.waitUntilReady(container, revision);
    this.liveness.watch(revision);
  }

  /** Ends a deployment that is under way. */
  interrupt(id: string): void {
    this.deployments.get(id)?.abort();
  }

  async remove(id: string): Promise<void> {
    this.liveness.forget(id);
    await this.surroundings.gateway.close(id);
    const revision = this.model.revisions.find(id);
    if (revision) await this.retirements.discard(revision.docker_name);
    await this.retirements.finish(id);
    this.model.revisions.remove(id);
  }

  /** Ends everything that this process does for containers; what runs in Docker goes on. */
  close(): void {
    for (const id of this.deployments.keys()) this.interrupt(id);
    this.liveness.forgetAll();
  }

  private startAgain({ docker_name }: Revision): Promise<boolean> {
    return this.engine.start(docker_name).then(
      () => true,
      () => false,
    );
  }

  private async startRevision(container: Container): Promise<Revision> {
    const { registry } = this.surroundings;
    const image = container.image.replace(/^rg\.[^/]+\.scw\.cloud\//, `${registry.host}/`);
    const name = this.engine.name(
      "container",
      container.id.slice(0, 8),
      randomBytes(3).toString("hex"),
    );
    try {
      await pullImage(this.engine.docker, image, registry);
      await this.requireAmd64(image);
      const address = this.networks.takeAddress(name);
      await this.engine.run(this.spec(container, name, image, address));
      const { id, port, liveness_probe } = container;
      return { id, docker_name: name, address, port, liveness_probe };
    } catch (error) {
      await this.retirements.discard(name);
      if (error instanceof DeploymentFailed) throw error;
      throw new DeploymentFailed(`Container is unable to start: ${reasonOf(error)}`);
    }
  }

  private spec(container: Container, name: string, image: string, address: string) {
    const { private_network_id } = container;
    const privateNetwork: [string, string][] = private_network_id
      ? [
          [
            this.networks.nameOf(private_network_id),
            this.networks.takeAddress(name, private_network_id),
          ],
        ]
      : [];
    return {
      name,
      image,
      env: Object.entries(this.environment(container)).map(([key, value]) => `${key}=${value}`),
      entrypoint: container.command.length > 0 ? container.command : undefined,
      cmd: container.args.length > 0 ? container.args : undefined,
      networks: [[this.networks.nameOf(), address], ...privateNetwork] as [string, string][],
      host: {
        Memory: container.memory_limit_bytes,
        MemorySwap: container.memory_limit_bytes,
        NanoCpus: Math.min(container.mvcpu_limit * 1e6, cpus().length * 1e9),
        RestartPolicy: { Name: "unless-stopped" },
        Dns: [this.networks.gateway],
        Binds: [`${this.surroundings.trustedCertificates}:${certificatesInside}:ro`],
        LogConfig: { Type: "json-file", Config: { "max-size": "10m", "max-file": "2" } },
      },
    };
  }

  private environment(container: Container): Record<string, string> {
    const namespace = this.model.containerNamespaces.get(container.namespace_id);
    const secretsOf = (id: string) => this.model.secrets.find(id)?.values;
    return {
      SSL_CERT_FILE: certificatesInside,
      REQUESTS_CA_BUNDLE: certificatesInside,
      AWS_CA_BUNDLE: certificatesInside,
      ...namespace.environment_variables,
      ...secretsOf(namespace.id),
      ...container.environment_variables,
      ...secretsOf(container.id),
      PORT: String(container.port),
    };
  }

  private async requireAmd64(image: string): Promise<void> {
    const { Architecture } = await this.engine.docker.getImage(image).inspect();
    if (Architecture !== "amd64") {
      throw new DeploymentFailed(
        `Container is unable to start: its image is for ${Architecture}, not amd64`,
      );
    }
  }

  private async becomeReady(
    container: Container,
    revision: Revision,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await this.waitUntilReady(container, revision, signal);
    } catch (error) {
      if (!signal.aborted) await this.sayLastLines(container, revision);
      await this.retirements.discard(revision.docker_name);
      throw signal.aborted ? new DeploymentInterrupted() : error;
    }
  }

  private async waitUntilReady(
    container: Container,
    revision: Revision,
    signal?: AbortSignal,
  ): Promise<void> {
    for (const probe of [container.startup_probe ?? anyListener, container.liveness_probe]) {
      const outcome = await this.waitForProbe(revision, probe, signal);
      if (outcome !== "passed") throw new DeploymentFailed(failureMessage(revision.port, probe));
    }
  }

  private async waitForProbe(
    revision: Revision,
    probe: Probe,
    signal?: AbortSignal,
  ): Promise<"passed" | "failed"> {
    let crashed = false;
    const passed = await until(
      async () => {
        crashed = await this.keepsCrashing(revision);
        return crashed || passes(revision, probe);
      },
      { within: budget(probe), every: 500, signal },
    );
    return passed && !crashed ? "passed" : "failed";
  }

  private async keepsCrashing({ docker_name }: Revision): Promise<boolean> {
    const info = await this.engine.inspect(docker_name);
    return !info || info.RestartCount >= restartsBeforeGivingUp;
  }

  private async sayLastLines(container: Container, { docker_name }: Revision): Promise<void> {
    await this.surroundings.printed.keep(container.id, docker_name);
    const lines = await this.engine.lastLines(docker_name, 30);
    const log = lines.map(({ text }) => text).join("\n");
    say(`container ${container.name} did not become ready; it printed:\n${log}`);
  }
}

/** What Docker says, without the status code that its client puts before. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^\(HTTP code \d+\) [^-]* - /, "").trim();
}
