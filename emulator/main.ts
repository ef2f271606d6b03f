import { say } from "../tools/progress";
import { readConfig } from "./config";
import { startEmulator } from "./emulator";

async function main(): Promise<void> {
  const emulator = await startEmulator(readConfig(process.env));
  for (const [name, value] of Object.entries(emulator.environment)) {
    process.stdout.write(`export ${name}=${value}\n`);
  }
  const stop = () => {
    void emulator.stop().then(
      () => process.exit(0),
      fail,
    );
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

function fail(error: unknown): void {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

main().catch(fail);
