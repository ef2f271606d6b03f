import { ensureBaseImages } from "../tools/baseImages";
import { say } from "../tools/progress";
import { ensureServers } from "../tools/servers";

/** Runs the emulator of Scaleway alone, with the servers and the base image that this machine has to offer. */
async function main(): Promise<void> {
  const { debian } = await ensureBaseImages();
  const { versitygw, registry, postgresClients } = await ensureServers();
  process.env.EMULATOR_DEBIAN_IMAGE ??= debian;
  process.env.EMULATOR_VERSITYGW ??= versitygw;
  process.env.EMULATOR_REGISTRY ??= registry;
  process.env.EMULATOR_POSTGRES_CLIENTS ??= postgresClients;
  await import("../emulator/main.js");
}

main().catch((error: Error) => {
  say(error.message);
  process.exitCode = 1;
});
