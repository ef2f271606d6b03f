import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { basename } from "node:path";
import { say } from "../tools/progress";
import { until } from "./waiting";

/** How to run a server program. */
export interface ServerProgram {
  binary: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  port: number;
  /** Where its process id is noted, so that one left over from a crash is ended first. */
  pidFile: string;
}

/** A server that runs as a child of this process, listening on loopback. */
export class ChildServer {
  private stopping = false;

  private constructor(
    private readonly program: ServerProgram,
    private readonly child: ChildProcess,
  ) {}

  /** Starts the program and waits until it listens. */
  static async start(program: ServerProgram): Promise<ChildServer> {
    await endLeftover(program);
    const child = spawn(program.binary, program.args, {
      env: { ...process.env, ...program.env },
      stdio: ["ignore", "ignore", "pipe"],
    });
    const output: string[] = [];
    child.stderr.on("data", (data: Buffer) =>
      output.splice(0, output.length - 20, data.toString()),
    );
    process.once("exit", () => child.kill());
    let failure: Error | undefined;
    child.once("error", (error) => (failure = error));
    writeFileSync(program.pidFile, String(child.pid ?? ""));
    const server = new ChildServer(program, child);
    child.once("exit", (code) => {
      if (!server.stopping)
        say(`${basename(program.binary)} ended with ${code}: ${output.join("")}`);
    });
    const gone = () => failure !== undefined || child.exitCode !== null;
    await until(async () => gone() || (await listens(program.port)), { within: 30_000, every: 50 });
    if (gone()) {
      throw new Error(`${program.binary} does not start: ${failure?.message ?? output.join("")}`);
    }
    return server;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    rmSync(this.program.pidFile, { force: true });
    if (this.child.exitCode !== null) return;
    const exit = once(this.child, "exit");
    this.child.kill();
    await exit;
  }
}

async function endLeftover({ pidFile, binary }: ServerProgram): Promise<void> {
  if (!existsSync(pidFile)) return;
  const pid = readFileSync(pidFile, "utf8");
  const isOurs = () =>
    existsSync(`/proc/${pid}/cmdline`) &&
    readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0] === binary;
  if (!pid || !isOurs()) return;
  process.kill(Number(pid));
  await until(() => !isOurs(), { within: 10_000 });
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    const end = (listening: boolean) => {
      socket.destroy();
      resolve(listening);
    };
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
  });
}
