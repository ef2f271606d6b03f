import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import type { DockerEngine } from "../docker/engine";
import type { Networks } from "../docker/networks";
import type { Model } from "../model";
import type { DatabaseInstance, Setting } from "../records";
import { until } from "../waiting";
import { ensurePostgresImage } from "./image";

/** The role that owns everything that the platform makes. */
export const superadmin = "_rdb_superadmin";
const port = 5432;
/** Settings that the API gives as a number of megabytes. */
const inMegabytes = new Set(["effective_cache_size", "maintenance_work_mem", "work_mem"]);

/**
 * Runs database instances: each is a PostgreSQL server in Docker with its data in a volume. Clients come
 * by the endpoints only; the emulator's own way in is a socket in a folder that nobody else may enter.
 */
export class DatabaseHost {
  private readonly sockets: string;
  private image?: Promise<string>;

  constructor(
    private readonly model: Model,
    private readonly engine: DockerEngine,
    private readonly networks: Networks,
    private readonly debianImage: string,
  ) {
    this.sockets = join(tmpdir(), engine.name("rdb")); // socket paths must be short
  }

  /** The Docker container of an instance. */
  nameOf(id: string): string {
    return this.engine.name("rdb", id.slice(0, 8));
  }

  /** Starts the server with the endpoints and settings of the instance, in place of a running one. */
  async start(instance: DatabaseInstance): Promise<void> {
    const name = this.nameOf(instance.id);
    await this.engine.stop(name);
    await this.engine.removeContainer(name);
    this.writeAccessRules(instance);
    const bindings = instance.endpoints
      .filter(({ load_balancer }) => load_balancer)
      .map((endpoint) => ({ HostIp: endpoint.ip, HostPort: String(endpoint.port) }));
    this.image ??= ensurePostgresImage(this.engine.docker, this.debianImage);
    await this.engine.run({
      name,
      image: await this.image,
      env: [`TLS_CERTIFICATE=${instance.certificate}`, `TLS_KEY=${instance.certificate_key}`],
      cmd: instance.settings.flatMap(asArgument),
      networks: this.networksOf(instance),
      exposed: port,
      host: {
        Binds: [`${this.controlFolder(instance.id)}:/control`],
        Mounts: [
          {
            Type: "volume",
            Source: name,
            Target: "/data",
            VolumeOptions: {
              NoCopy: false,
              Labels: this.engine.labels,
              DriverConfig: { Name: "local", Options: {} },
            },
          },
        ],
        PortBindings: { [`${port}/tcp`]: bindings },
        RestartPolicy: { Name: "unless-stopped" },
        ShmSize: 256 * 1024 * 1024,
      },
    });
    await this.waitUntilReady(name, instance.id);
  }

  /** Removes the server and its data. */
  async remove(id: string): Promise<void> {
    const name = this.nameOf(id);
    await this.engine.removeContainer(name);
    await this.engine.removeVolume(name);
    this.networks.releaseAddresses(name);
    await rm(this.controlFolder(id), { recursive: true, force: true });
  }

  /** Applies the instance's access rules to the running server. */
  async reloadAccessRules(instance: DatabaseInstance): Promise<void> {
    this.writeAccessRules(instance);
    await this.as(instance.id, "postgres", (client) => client.query("SELECT pg_reload_conf()"));
  }

  /** Works in one database of an instance as its superuser. */
  async as<T>(id: string, database: string, work: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({ host: this.controlFolder(id), user: superadmin, database });
    client.on("error", () => {}); // a server that stops ends its connections
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  private networksOf(instance: DatabaseInstance): [string, string][] {
    const name = this.nameOf(instance.id);
    return instance.endpoints.map(({ ip, private_network }) => {
      if (!private_network) return [this.networks.nameOf(), this.networks.takeAddress(name)];
      const network = private_network.private_network_id;
      return [this.networks.nameOf(network), this.networks.takeAddress(name, network, ip)];
    });
  }

  /** The rules by source address are for the public endpoint: a private network is open to all that is in it. */
  private writeAccessRules({ id, acl, endpoints }: DatabaseInstance): void {
    const neighbours = endpoints.flatMap(
      ({ private_network }) => private_network?.service_ip ?? [],
    );
    const sources = [...neighbours, ...acl.map(({ ip }) => ip)];
    const rules = sources.map((source) => `host all all ${source} scram-sha-256`);
    const own = `local all ${superadmin} trust`;
    writeFileSync(join(this.controlFolder(id), "pg_hba.conf"), [own, ...rules, ""].join("\n"));
  }

  /** The folder of the socket through which the emulator, and nobody else, enters as the superuser. */
  controlFolder(id: string): string {
    mkdirSync(this.sockets, { recursive: true, mode: 0o700 });
    const folder = join(this.sockets, id.slice(0, 8));
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o777); // the server inside is another user; the folder above is closed to others
    return folder;
  }

  private async waitUntilReady(name: string, id: string): Promise<void> {
    const ready = await until(
      () => this.as(id, "postgres", (client) => client.query("SELECT 1")).then(() => true),
      { within: 120_000 },
    );
    if (ready) return;
    throw new Error(`PostgreSQL does not start: ${await this.engine.lastLines(name, 20)}`);
  }
}

function asArgument({ name, value }: Setting): string[] {
  return ["-c", `${name}=${value}${inMegabytes.has(name) ? "MB" : ""}`];
}
