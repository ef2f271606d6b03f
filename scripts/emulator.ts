import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { dockerClient } from "../tools/docker";
import { Toolbox } from "../tools/setup";
import { run } from "../tools/shell";

const checkout = resolve(__dirname, "..");

/** A container as the emulator lists it. */
export interface EmulatedContainer {
  readonly name: string;
  readonly namespace: string;
  /** Address on this machine that leads to the container's public endpoint. */
  readonly local_url: string;
  /** Name of the Docker container that serves; another one after each roll. */
  readonly docker_container: string | null;
}

/** What exists in the emulated cloud: names by kind, and the Docker objects behind them. */
export interface EmulatedResources {
  readonly docker: Record<"containers" | "networks" | "volumes", string[]>;
  readonly [kind: string]: string[] | Record<string, string[]>;
}

/** A running emulator of Scaleway, as a process of its own. */
export class Emulator {
  private constructor(
    /** The variables that point Scaleway clients at it. */
    readonly env: Record<string, string>,
    /** What it logs. */
    readonly logFile: string,
    private readonly process: ReturnType<typeof spawn>,
  ) {}

  /** Starts an emulator whose state is in `folder`, and waits until it answers. */
  static async start(
    folder: string,
    { servers, images }: Pick<Toolbox, "servers" | "images">,
  ): Promise<Emulator> {
    const logFile = join(folder, "emulator.log");
    const child = spawn(
      process.execPath,
      ["--import", "tsx", join(checkout, "emulator", "main.ts")],
      {
        cwd: checkout,
        env: {
          ...process.env,
          EMULATOR_STATE: join(folder, "emulator"),
          EMULATOR_DEBIAN_IMAGE: images.debian,
          EMULATOR_VERSITYGW: servers.versitygw,
          EMULATOR_REGISTRY: servers.registry,
          EMULATOR_POSTGRES_CLIENTS: servers.postgresClients,
        },
        // A group of its own: Ctrl-C reaches only us, and we stop it in order.
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    child.stderr.pipe(createWriteStream(logFile, { flags: "a" }));
    return new Emulator(await readExports(child, logFile), logFile, child);
  }

  /** Stops it, with all that it runs; its state stays. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = once(this.process, "exit");
    this.process.kill("SIGTERM");
    await gone;
  }

  /** Ends it at once, as a crash would: what it runs goes on. */
  async kill(): Promise<void> {
    const gone = once(this.process, "exit");
    this.process.kill("SIGKILL");
    await gone;
  }

  /** Stops it and removes whatever it still holds in Docker. */
  async erase(): Promise<void> {
    const { docker: left } = await this.resources();
    await this.stop();
    const docker = await dockerClient();
    const remove = async (command: string[], names: string[]) => {
      if (names.length > 0) await run(docker, [...command, ...names]);
    };
    await remove(["container", "rm", "--force", "--volumes"], left.containers);
    await remove(["volume", "rm", "--force"], left.volumes);
    const networks = await run(docker, ["network", "ls", "--format", "{{.Name}}"]);
    await remove(
      ["network", "rm"],
      left.networks.filter((name) => networks.includes(name)),
    );
  }

  /** What exists in it, in the order of the names. */
  async resources(): Promise<EmulatedResources> {
    const { docker, ...kinds } = await this.control<EmulatedResources>("resources");
    for (const names of [...Object.values(docker), ...Object.values(kinds)]) {
      (names as string[]).sort();
    }
    return { docker, ...kinds };
  }

  /** The container of that name and namespace; an error lists those that there are. */
  async container(namespace: string, name: string): Promise<EmulatedContainer> {
    const containers = await this.control<EmulatedContainer[]>("containers");
    const found = containers.find((each) => each.name === name && each.namespace === namespace);
    if (!found) {
      const names = containers.map((each) => `${each.namespace}/${each.name}`).join(", ");
      throw new Error(`The emulator runs no ${namespace}/${name}; it runs: ${names || "none"}`);
    }
    return found;
  }

  /** The calls so far that were no reads: `POST <host and path>`. */
  writes(): Promise<string[]> {
    return this.control("writes");
  }

  /** Makes connections to a database instance time out, or lets them through again. */
  async setReachable(database: string, reachable: boolean): Promise<void> {
    await this.control(`databases/${database}`, { reachable });
  }

  /** From now on, containers that are replaced have so long between SIGTERM and SIGKILL. */
  async setGrace(seconds: number): Promise<void> {
    await this.control("behaviour", { grace_seconds: seconds });
  }

  private async control<T>(path: string, change?: object): Promise<T> {
    const response = await fetch(`${this.env.SCW_API_URL}/emulator/${path}`, {
      method: change ? "PUT" : "GET",
      headers: change && { "Content-Type": "application/json" },
      body: change && JSON.stringify(change),
    });
    if (!response.ok) throw new Error(`/emulator/${path} answered ${response.status}`);
    return (await response.json()) as T;
  }
}

/** The emulator prints its variables in one piece, when it is ready. */
async function readExports(
  child: ReturnType<typeof spawn>,
  logFile: string,
): Promise<Record<string, string>> {
  const [printed] = await Promise.race([
    once(child.stdout!, "data"),
    once(child, "exit").then(() => [""]),
  ]);
  const exports = String(printed).matchAll(/^export (\w+)=(['"]?)(.*)\2$/gm);
  const env = Object.fromEntries(Array.from(exports, ([, name, , value]) => [name!, value!]));
  if (env.SCW_API_URL === undefined) {
    const log = readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-15).join("\n");
    throw new Error(
      `The emulator of Scaleway did not start. The end of its log, ${logFile}:\n${log}`,
    );
  }
  return env;
}
