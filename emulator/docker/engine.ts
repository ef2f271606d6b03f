import Dockerode from "dockerode";
import type { Model } from "../model";

const label = "scaleway-emulator.instance";

/** What a container is started from. */
export interface ContainerSpec {
  name: string;
  image: string;
  env: string[];
  entrypoint?: string[];
  cmd?: string[];
  /** Docker networks, each with the address on it; without any it reaches nothing. */
  networks: [network: string, address: string][];
  host: Dockerode.HostConfig;
  exposed?: number;
}

/** A line that a container printed, and when. */
export interface PrintedLine {
  time: string;
  text: string;
}

/** The Docker engine, seen through the objects of one emulator: all of them carry its label. */
export class DockerEngine {
  readonly docker = new Dockerode();
  private readonly prefix: string;
  readonly labels: Record<string, string>;

  constructor({ tenant }: Pick<Model, "tenant">) {
    this.prefix = `scw-${tenant.instance}`;
    this.labels = { [label]: tenant.instance };
  }

  /** Fails with what to do unless the engine answers. */
  async check(): Promise<void> {
    await this.docker.ping().catch((error: Error) => {
      throw new Error(
        `Docker does not answer (${error.message}). Install it (Debian: apt-get install docker.io) and start dockerd.`,
      );
    });
  }

  /** The name of an object of this emulator. */
  name(...parts: string[]): string {
    return [this.prefix, ...parts].join("-");
  }

  /** Creates and starts a container. */
  async run(spec: ContainerSpec): Promise<Dockerode.Container> {
    const [first, ...others] = spec.networks;
    const container = await this.docker.createContainer({
      name: spec.name,
      Image: spec.image,
      Env: spec.env,
      Labels: this.labels,
      ...(spec.entrypoint && { Entrypoint: spec.entrypoint }),
      ...(spec.cmd && { Cmd: spec.cmd }),
      ...(spec.exposed && { ExposedPorts: { [`${spec.exposed}/tcp`]: {} } }),
      HostConfig: { ...spec.host, NetworkMode: first?.[0] ?? "none" },
      ...(first && { NetworkingConfig: { EndpointsConfig: { [first[0]]: at(first[1]) } } }),
    });
    for (const [network, address] of others) {
      await this.docker
        .getNetwork(network)
        .connect({ Container: container.id, EndpointConfig: at(address) });
    }
    await container.start();
    return container;
  }

  /** What Docker knows of a container; undefined if there is none of that name. */
  async inspect(name: string): Promise<Dockerode.ContainerInspectInfo | undefined> {
    return unlessMissing(this.docker.getContainer(name).inspect());
  }

  /** Removes a container with its anonymous volumes; one that is gone already is fine. */
  async removeContainer(name: string): Promise<void> {
    await unlessMissing(this.docker.getContainer(name).remove({ force: true, v: true }));
  }

  async removeVolume(name: string): Promise<void> {
    await unlessMissing(this.docker.getVolume(name).remove());
  }

  async removeNetwork(name: string): Promise<void> {
    await unlessMissing(this.docker.getNetwork(name).remove());
  }

  /** Starts a container that may be running already. */
  async start(name: string): Promise<void> {
    await unlessStatus(304, this.docker.getContainer(name).start());
  }

  /** Stops a container that may be stopped already: SIGTERM, and SIGKILL after so many seconds. */
  async stop(name: string, seconds = 10): Promise<void> {
    await unlessStatus(304, unlessMissing(this.docker.getContainer(name).stop({ t: seconds })));
  }

  /** Stops every container of this emulator. */
  async stopAll(): Promise<void> {
    const { containers } = await this.objects();
    await Promise.all(containers.map((name) => this.stop(name)));
  }

  /** Lets no process of a container run, or lets them go on. */
  async setFrozen(name: string, frozen: boolean): Promise<void> {
    const container = this.docker.getContainer(name);
    await (frozen ? container.pause() : container.unpause());
  }

  async restart(name: string): Promise<void> {
    await unlessMissing(this.docker.getContainer(name).restart({ t: 10 }));
  }

  /** The end of what a container printed. */
  async lastLines(name: string, count: number): Promise<PrintedLine[]> {
    const options = { stdout: true, stderr: true, timestamps: true, tail: count } as const;
    const frames = await unlessMissing(this.docker.getContainer(name).logs(options));
    const lines = frames ? withoutFrameHeaders(frames).split("\n").filter(Boolean) : [];
    return lines.map((line) => {
      const [time = "", ...text] = line.split(" ");
      return { time, text: text.join(" ") };
    });
  }

  /** The names of this emulator's objects. */
  async objects(): Promise<{ containers: string[]; networks: string[]; volumes: string[] }> {
    const filters = { label: Object.entries(this.labels).map((pair) => pair.join("=")) };
    const [containers, networks, { Volumes }] = await Promise.all([
      this.docker.listContainers({ all: true, filters }),
      this.docker.listNetworks({ filters }),
      this.docker.listVolumes({ filters }),
    ]);
    return {
      containers: containers.map(({ Names }) => (Names[0] ?? "").slice(1)),
      networks: networks.map(({ Name }) => Name),
      volumes: (Volumes ?? []).map(({ Name }) => Name),
    };
  }
}

const at = (address: string) => ({ IPAMConfig: { IPv4Address: address } });

const unlessMissing = <T>(work: Promise<T>) => unlessStatus(404, work);

async function unlessStatus<T>(status: number, work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === status) return undefined;
    throw error;
  }
}

/** Docker puts a header of eight bytes, the last four of them a length, before each piece of output. */
function withoutFrameHeaders(frames: Buffer): string {
  const pieces: Buffer[] = [];
  for (let at = 0; at + 8 <= frames.length;) {
    const end = at + 8 + frames.readUInt32BE(at + 4);
    pieces.push(frames.subarray(at + 8, end));
    at = end;
  }
  return Buffer.concat(pieces).toString();
}
