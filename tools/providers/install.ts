import { build } from "esbuild";
import { chmodSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { say } from "../progress";

/**
 * Installs the stand-in for an official provider as one file that needs nothing but Node.js, so that every checkout
 * that shares the cache can use it.
 */
export async function installStandIn(
  name: "docker" | "random",
  version: string,
  folder: string,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const program = join(folder, `pulumi-resource-${name}`);
  const outfile = `${program}.${process.pid}`; // the engine of another process must not start half a file
  await build({
    entryPoints: [join(__dirname, `${name}.ts`)],
    outfile,
    bundle: true,
    platform: "node",
    target: "node22",
    banner: { js: "#!/usr/bin/env node" },
    define: { STAND_IN_VERSION: JSON.stringify(version) },
    logLevel: "error",
  });
  chmodSync(outfile, 0o755);
  renameSync(outfile, program);
  say(`A stand-in serves for the official ${name} provider, which cannot be had here`);
}
