import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ChildServer } from "../childServer";
import { type Config, stateFolder } from "../config";

/** Where the registry keeps its images. */
export const registryStorage = (config: Pick<Config, "state">): string =>
  stateFolder(config, "registry", "storage");

/** Starts the image registry on loopback; what may reach it is up to the gate in front. */
export async function startRegistry(
  config: Pick<Config, "state" | "registry">,
  port: number,
): Promise<ChildServer> {
  const folder = stateFolder(config, "registry");
  const configuration = join(folder, "config.yml");
  writeFileSync(configuration, JSON.stringify(settings(registryStorage(config), port))); // JSON is YAML
  return ChildServer.start({
    binary: config.registry,
    args: ["serve", configuration],
    port,
    pidFile: join(folder, "pid"),
  });
}

function settings(rootdirectory: string, port: number): object {
  return {
    version: "0.1",
    log: { level: "error", accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory }, delete: { enabled: true } },
    http: { addr: `127.0.0.1:${port}`, relativeurls: true },
  };
}
