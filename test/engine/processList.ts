import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Looks at the list of this machine's processes a hundred times a second, as long as it runs. */
export class ProcessList {
  private readonly watcher;

  constructor(private readonly file: string) {
    const script = join(__dirname, "watchProcesses.ts");
    this.watcher = spawn(process.execPath, ["--import", "tsx", script, file], { stdio: "inherit" });
  }

  /** Every command line that was seen so far. */
  seen(): string {
    return readFileSync(this.file, "utf8");
  }

  async stop(): Promise<void> {
    const gone = once(this.watcher, "exit");
    this.watcher.kill();
    await gone;
  }
}
