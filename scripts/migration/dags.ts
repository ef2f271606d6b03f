import { createHash } from "node:crypto";
import { createWriteStream, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { pipeline } from "node:stream/promises";
import { Bucket } from "../moving/bucket";

/** What of a bucket's files is in a folder. */
export interface FoundDags {
  /** Not there yet. */
  readonly missing: string[];
  /** There, with another content, which stays. */
  readonly different: string[];
}

/** Compares a bucket with a folder, leaving out what Python has compiled. */
export async function findDags(from: Bucket, folder: string): Promise<FoundDags> {
  const found: FoundDags = { missing: [], different: [] };
  for await (const { key, etag } of from.list()) {
    if (/(^|\/)__pycache__\//.test(key) || key.endsWith("/")) continue;
    const file = inside(folder, key);
    if (!existsSync(file)) found.missing.push(key);
    else if (md5(file) !== etag) found.different.push(key);
  }
  return found;
}

/** Fetches files into the folder. None that is there is written over. */
export async function fetchDags(from: Bucket, folder: string, keys: string[]): Promise<void> {
  for (const key of keys) {
    const file = inside(folder, key);
    mkdirSync(dirname(file), { recursive: true });
    await pipeline(await from.read(key), createWriteStream(file, { flags: "wx" }));
  }
}

/** A key may hold anything. */
function inside(folder: string, key: string): string {
  const file = join(folder, key);
  if (relative(folder, file).startsWith("..")) throw new Error(`${key} leads out of ${folder}`);
  return file;
}

const md5 = (file: string) => createHash("md5").update(readFileSync(file)).digest("hex");
