import { dirname } from "node:path";
import { buildKit, dockerClient, installPackages, isDebianRoot } from "./docker";
import { step } from "./progress";
import { succeeds } from "./shell";

const debianPackage = "docker-compose";

/** How docker compose is run on this machine. */
export interface ComposeClient {
  /** The program, and the arguments that come first. */
  readonly command: [string, ...string[]];
  /** To be added to its environment. */
  readonly env: NodeJS.ProcessEnv;
}

/** Docker's compose plugin, or else the older program of the same name that Debian ships, installed if need be. */
export async function ensureCompose(): Promise<ComposeClient> {
  const docker = await dockerClient();
  // The older program builds with the first Docker client on PATH.
  const env = { ...buildKit, PATH: `${dirname(docker)}:${process.env.PATH}` };
  if (await succeeds(docker, ["compose", "version"])) return { command: [docker, "compose"], env };
  if (!(await succeeds(debianPackage, ["version"]))) await install();
  return { command: [debianPackage], env };
}

async function install(): Promise<void> {
  if (!isDebianRoot())
    throw new Error("docker compose is missing: install Docker's compose plugin.");
  await step("Installing docker-compose", () => installPackages([debianPackage]));
}
