import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Toolbox } from "./setup";

const checkout = resolve(__dirname, "..");

/** A container as the emulator lists it. */
export interface EmulatedContainer {
  readonly name: string;
  readonly namespace: string;
  /** Address on this machine that leads to the container's public endpoint. */
  readonly url: string;
  /** Id of the Docker container. */
  readonly dockerId: string;
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

  /** The containers that it runs. */
  async containers(): Promise<EmulatedContainer[]> {
    return this.control<EmulatedContainer[]>("containers");
  }

  /** The container of that name; an error lists those that there are. */
  async container(name: string): Promise<EmulatedContainer> {
    const containers = await this.containers();
    const found = containers.find((container) => container.name === name);
    if (!found) {
      const names = containers.map((container) => container.name).join(", ");
      throw new Error(`The emulator runs no container ${name}; it runs: ${names || "none"}`);
    }
    return found;
  }

  /** Asks the emulator about itself. */
  async control<T>(path: string): Promise<T> {
    const response = await fetch(`${this.env.SCW_API_URL}/emulator/${path}`);
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
