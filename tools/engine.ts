import { accessSync, constants, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cachePath } from "./cache";
import { installStandIn } from "./providers/install";
import { buildPulumi } from "./pulumi/build";
import { downloadRelease } from "./pulumi/release";
import { buildScalewayProvider } from "./scaleway-provider/build";

const bin = cachePath("bin");
const home = cachePath("pulumi-home");

/**
 * Gives the environment in which `pulumi` runs. An installed Pulumi is used as it is. Else the official release is
 * downloaded; both fetch the official providers themselves. Where the release cannot be had, Pulumi and the Scaleway
 * provider are built from source, and stand-ins take the place of the Docker and Random providers.
 */
export async function ensureEngine(): Promise<NodeJS.ProcessEnv> {
  if (hasInstalledPulumi()) return {};
  return {
    PATH: [await pulumiFolder(), process.env.PATH].join(delimiter),
    PULUMI_HOME: home,
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}

/** Where it was built once, the release is not looked for again. */
async function pulumiFolder(): Promise<string> {
  const wasBuilt = isExecutable(join(bin, "pulumi"));
  const release = wasBuilt ? undefined : await downloadRelease(packageVersion("@pulumi/pulumi"));
  if (release) return release;
  await buildAll();
  return bin;
}

async function buildAll(): Promise<void> {
  const scaleway = packageVersion("@pulumiverse/scaleway");
  // One after the other: the second then finds the packages that both use already compiled.
  await buildScalewayProvider(pluginFolder("scaleway", scaleway), scaleway);
  await buildPulumi(bin);
  for (const name of ["docker", "random"] as const) {
    const version = packageVersion(`@pulumi/${name}`);
    await installStandIn(name, version, pluginFolder(name, version));
  }
}

/** Where the engine looks for a provider. */
function pluginFolder(name: string, version: string): string {
  return join(home, "plugins", `resource-${name}-v${version}`);
}

function packageVersion(name: string): string {
  const file = require.resolve(`${name}/package.json`);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

function hasInstalledPulumi(): boolean {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const foreign = folders.filter((folder) => !folder.startsWith(cachePath()));
  return foreign.some((folder) => isExecutable(join(folder, "pulumi")));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
