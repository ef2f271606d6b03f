import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface RunOptions {
  cwd?: string;
  /** Added to (and overriding) the environment of this process; `undefined` removes a variable. */
  env?: NodeJS.ProcessEnv;
  /** Called with each line of both output streams as it comes. */
  onLine?: (line: string) => void;
  /** Written to standard input, which is then closed. */
  input?: string;
  signal?: AbortSignal;
}

/** A command that ended with a status other than 0: its message holds the command and the end of what it printed. */
export class CommandFailed extends Error {
  constructor(
    command: string,
    readonly status: number | NodeJS.Signals,
    readonly output: string,
  ) {
    const tail = output.trimEnd().split("\n").slice(-25).join("\n");
    super(`\`${command}\` ended with ${status}:\n${tail}`);
  }
}

/** Runs a command and gives what it printed on standard output; throws `CommandFailed` unless it ends with 0. */
export async function run(
  command: string,
  args: string[],
  options: RunOptions = {},
): Promise<string> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ["pipe", "pipe", "pipe"],
    signal: options.signal,
  });
  child.stdin.on("error", () => {}); // a child that never reads its input closes the pipe early
  child.stdin.end(options.input ?? "");
  const stdout: string[] = [];
  const all: string[] = [];
  const collect = (stream: NodeJS.ReadableStream, own?: string[]) =>
    createInterface({ input: stream }).on("line", (line) => {
      own?.push(line);
      all.push(line);
      options.onLine?.(line);
    });
  collect(child.stdout, stdout);
  collect(child.stderr);
  const status = await new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? signal ?? 1));
  });
  if (status !== 0) {
    throw new CommandFailed([command, ...args].join(" "), status, all.join("\n"));
  }
  return stdout.join("\n");
}

/** Whether a command can be started and ends with 0. */
export async function succeeds(
  command: string,
  args: string[],
  options: RunOptions = {},
): Promise<boolean> {
  return run(command, args, options).then(
    () => true,
    () => false,
  );
}
