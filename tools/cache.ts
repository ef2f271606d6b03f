import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

const cacheRoot = join(
  process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"),
  "pulumi-scaleway-airflow",
);

/** A path in the cache, which lives outside the checkout and is shared by all checkouts; its folder exists. */
export function cachePath(...parts: string[]): string {
  const path = join(cacheRoot, ...parts);
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

/** A folder in the cache; it exists. */
export function cacheFolder(...parts: string[]): string {
  const folder = cachePath(...parts);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * Runs `make` unless it already succeeded with the same `key` (a hash of everything that it is made from) and its
 * products are still there. The stamp is written last, so an interrupted `make` runs again.
 */
export async function makeOnce(
  name: string,
  key: string,
  make: () => Promise<void>,
  products: string[] = [],
): Promise<void> {
  const stamp = cachePath("stamps", name);
  const isMade = existsSync(stamp) && readFileSync(stamp, "utf8") === key;
  if (isMade && products.every((product) => existsSync(product))) return;
  await make();
  writeFileSync(stamp, key);
}
