import { ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import { PulumiProject } from "../../scripts/pulumiProject";

/** A `pulumi up` as a process of its own, to be ended in the middle. */
export class RunningUpdate {
  private output = "";

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on("data", (data) => (this.output += String(data)));
    }
  }

  static start({ folder, env }: PulumiProject, stack: string): RunningUpdate {
    const child = spawn(
      "pulumi",
      ["up", "--stack", stack, "--yes", "--skip-preview", "--non-interactive"],
      { cwd: folder, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] },
    );
    return new RunningUpdate(child);
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Ends the command line and all that it runs (engine, program, providers) with no chance to tidy up. */
  async kill(): Promise<void> {
    const ended = this.ended();
    killTree(this.child.pid!);
    await ended;
  }

  /** Ends only the provider, as a crash of it would. */
  killProvider(): void {
    for (const pid of descendants(this.child.pid!)) {
      if (commandOf(pid).includes("pulumi-resource-scaleway")) signal(pid, "SIGKILL");
    }
  }

  /** What Ctrl-C in a terminal does. */
  interrupt(): void {
    this.child.kill("SIGINT");
  }

  /** Waits for the end and gives what was printed. */
  async ended(): Promise<string> {
    if (!this.hasEnded) await once(this.child, "exit");
    return this.output;
  }
}

/** Ends a process and all that it has started, with no chance to tidy up. */
export function killTree(pid: number): void {
  for (const each of [pid, ...descendants(pid)]) signal(each, "SIGKILL");
}

function descendants(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const parent = /^PPid:\s+(\d+)$/m.exec(read(`/proc/${entry}/status`))?.[1];
    if (parent) parents.set(Number(entry), Number(parent));
  }
  const childrenOf = (of: number): number[] =>
    [...parents].filter(([, parent]) => parent === of).map(([child]) => child);
  const below = (of: number): number[] =>
    childrenOf(of).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

const commandOf = (pid: number) => read(`/proc/${pid}/cmdline`);

/** A process may end at any time, and its files with it. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
