import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { cacheFolder, makeOnce } from "./cache";
import { step } from "./progress";
import { run, succeeds } from "./shell";

/** Builds commands of a Go module into a folder: static, stripped, and without paths of this machine. */
export async function goBuild(
  module: string,
  outputFolder: string,
  commands: string[],
  linkerFlags = "",
): Promise<void> {
  await requireGo(module);
  const flags = ["-trimpath", "-buildvcs=false", `-ldflags=-s -w ${linkerFlags}`];
  await run("go", ["build", ...flags, "-o", join(outputFolder, "/"), ...commands], {
    cwd: module,
    env: { CGO_ENABLED: "0", GOFLAGS: "" },
  });
}

/** Installs a command, given as `path@version`, into the cache; gives the path of its binary. */
export async function installGoCommand(command: string, what: string): Promise<string> {
  const name = basename(command.split("@")[0]!);
  const binary = join(cacheFolder("bin"), name);
  const install = async () => {
    if (!(await succeeds("go", ["version"]))) {
      throw new Error(`${name} is built from its Go module: install Go 1.25 or newer`);
    }
    await run("go", ["install", "-trimpath", "-ldflags=-s -w", command], {
      env: { GOBIN: cacheFolder("bin"), GOFLAGS: "", CGO_ENABLED: "0" },
    });
  };
  await makeOnce(name, command, () => step(`Building ${name}, ${what}`, install), [binary]);
  return binary;
}

/** A hash of the names and contents of a folder's files: of all that is built from them. */
export function hashFolder(folder: string): string {
  const hash = createHash("sha256");
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    hash
      .update(`${relative(folder, path)}\0`)
      .update(readFileSync(path))
      .update("\0");
  }
  return hash.digest("hex");
}

/** The version of a module that the `go.mod` in a folder requires. */
export function requiredVersion(folder: string, module: string): string {
  const lines = readFileSync(join(folder, "go.mod"), "utf8").split("\n");
  const words = lines.map((line) => line.replace(/^\s*(require )?\s*/, "").split(" "));
  const [, version] = words.find(([path]) => path === module) ?? [];
  if (!version) throw new Error(`${join(folder, "go.mod")} does not require ${module}`);
  return version;
}

async function requireGo(module: string): Promise<void> {
  if (await succeeds("go", ["version"])) return;
  const version = requiredVersion(module, "go");
  throw new Error(
    `${basename(module)} cannot be built from source: install Go ${version} or newer (or Pulumi, if that is what is missing).`,
  );
}
