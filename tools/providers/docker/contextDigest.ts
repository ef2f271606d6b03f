import dockerIgnore from "@balena/dockerignore";
import { createHash } from "node:crypto";
import { existsSync, lstatSync, readFileSync, readdirSync, readlinkSync } from "node:fs";
import { basename, join } from "node:path";

/**
 * A hash of all that a build can see: the Dockerfile, and the names, modes and contents of the files in the context
 * that are not ignored.
 */
export function contextDigest(context: string, dockerfile: string): string {
  const hash = createHash("sha256").update(readFileSync(dockerfile)).update("\0");
  for (const path of visibleFiles(context, ignoreFile(context, dockerfile))) {
    const file = join(context, path);
    const { mode } = lstatSync(file);
    hash
      .update(`${path}\0${mode.toString(8)}\0`)
      .update(contentHash(file))
      .update("\0");
  }
  return hash.digest("hex");
}

/** As in the official provider: `.dockerignore` speaks for a file called Dockerfile, and any other has one of its own. */
function ignoreFile(context: string, dockerfile: string): string {
  const name = basename(dockerfile);
  const file = join(context, name === "Dockerfile" ? ".dockerignore" : `${name}.dockerignore`);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** The paths of the files that are sent to the builder, sorted. */
export function visibleFiles(context: string, ignoreRules: string): string[] {
  const rules = dockerIgnore({ ignorecase: false }).add(ignoreRules);
  const mayHaveExceptions = /^\s*!/m.test(ignoreRules);
  const walk = (folder: string): string[] =>
    readdirSync(join(context, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      const isIgnored = rules.ignores(path);
      if (entry.isDirectory()) return isIgnored && !mayHaveExceptions ? [] : walk(path);
      return isIgnored ? [] : [path];
    });
  return walk("").sort();
}

/** A symbolic link counts as where it points to, not as what is there. */
function contentHash(file: string): Buffer {
  const isLink = lstatSync(file).isSymbolicLink();
  return createHash("sha256")
    .update(isLink ? readlinkSync(file) : readFileSync(file))
    .digest();
}
