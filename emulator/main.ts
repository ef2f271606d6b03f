import { say } from "../tools/progress";
import { readConfig } from "./config";
import { startEmulator } from "./emulator";

async function main(): Promise<void> {
  const emulator = await startEmulator(readConfig(process.env));
  const lines = Object.entries(emulator.environment).map(
    ([name, value]) => `export ${name}=${value}\n`,
  );
  // In one piece, so that a reader who has the first line has them all.
  process.stdout.write(lines.join(""));
  let stopping = false;
  const stop = () => {
    if (stopping) return; // npm passes on a signal that has come already
    stopping = true;
    void emulator.stop().then(() => process.exit(0), fail);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

function fail(error: unknown): void {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

main().catch(fail);
