import { installGoCommand } from "./goModule";
import { step } from "./progress";
import { CommandFailed, run, succeeds } from "./shell";

const versitygw = "github.com/versity/versitygw/cmd/versitygw@v1.8.0";

/** Paths of the server binaries that the emulator runs as its children. */
export interface EmulatorServers {
  versitygw: string;
  registry: string;
}

/** Makes sure that the emulator's object storage and image registry servers are on this machine. */
export async function ensureServers(): Promise<EmulatorServers> {
  const registry = await ensureRegistry();
  return { versitygw: await installGoCommand(versitygw, "the object storage server"), registry };
}

async function ensureRegistry(): Promise<string> {
  const found = () => run("sh", ["-c", "command -v docker-registry"]).catch(() => undefined);
  const present = await found();
  if (present !== undefined) return present;
  const canInstall = process.getuid?.() === 0 && (await succeeds("apt-get", ["--version"]));
  if (!canInstall) throw new Error(missingRegistry);
  await step("Installing docker-registry", async () => {
    await run("apt-get", ["update"]);
    await run("apt-get", ["install", "-y", "--no-install-recommends", "docker-registry"], {
      env: { DEBIAN_FRONTEND: "noninteractive" },
    });
  }).catch((error: CommandFailed) => {
    throw new Error(`${missingRegistry}\n${error.message}`);
  });
  return (await found())!;
}

const missingRegistry =
  "docker-registry is missing: install the Debian package `docker-registry` (apt-get install docker-registry)";
