import { Readable } from "node:stream";
import { Bucket, StoredObject, reasonOf } from "./bucket";

/** How many objects are worked on at a time. */
const CONCURRENCY = 16;

/** A number of objects and their bytes. */
export interface Amount {
  readonly objects: number;
  readonly bytes: number;
}

/** An object that could not be moved, or is not the same on both sides, and why. */
export interface Problem {
  readonly key: string;
  readonly reason: string;
}

/** What the source holds, and what of it the target does not. */
export interface Missing {
  readonly found: Amount;
  readonly missing: StoredObject[];
}

/**
 * What is missing at the target. An object is there already when size and ETag are the same; where the servers make
 * ETags in different ways, when it was copied from what the source holds now.
 */
export async function findMissing(from: Bucket, to: Bucket): Promise<Missing> {
  const missing: StoredObject[] = [];
  const found = await eachPair(from, to, async (source, target) => {
    const there =
      target?.size === source.size &&
      (target.etag === source.etag || (await to.sourceEtag(source.key)) === source.etag);
    if (!there) missing.push(source);
  });
  return { found, missing };
}

/** What both sides hold, in numbers; how many of these were read to compare them; and what differs. */
export interface Verification {
  readonly found: Amount;
  readonly read: number;
  readonly problems: Problem[];
}

/** Compares both sides by size and checksum. Objects whose ETags differ are read on both sides. */
export async function verify(from: Bucket, to: Bucket): Promise<Verification> {
  const problems: Problem[] = [];
  let read = 0;
  const found = await eachPair(from, to, async (source, target) => {
    const { key } = source;
    if (!target) problems.push({ key, reason: "missing at the target" });
    else if (target.size !== source.size) problems.push({ key, reason: "its size differs" });
    else if (target.etag !== source.etag) {
      read += 1;
      const reason = await difference(from, to, key);
      if (reason) problems.push({ key, reason });
    }
  });
  return { found, read, problems };
}

async function difference(from: Bucket, to: Bucket, key: string): Promise<string | undefined> {
  try {
    const [source, target] = await Promise.all([from.checksum(key), to.checksum(key)]);
    return source === target ? undefined : "its content differs: delete it at the target";
  } catch (error) {
    return reasonOf(error);
  }
}

/** Looks at each object of the source with the target's object of the same key, and sums them up. */
async function eachPair(
  from: Bucket,
  to: Bucket,
  look: (source: StoredObject, target: StoredObject | undefined) => Promise<void>,
): Promise<Amount> {
  const targets = new Map<string, StoredObject>();
  for await (const object of to.list()) targets.set(object.key, object);
  let [objects, bytes] = [0, 0];
  await eachOf(from.list(), async (source) => {
    objects += 1;
    bytes += source.size;
    await look(source, targets.get(source.key));
  });
  return { objects, bytes };
}

/** Works on several at a time, and takes the next only when it can. */
export function eachOf<T>(
  all: Iterable<T> | AsyncIterable<T>,
  work: (one: T) => Promise<void>,
  concurrency = CONCURRENCY,
): Promise<void> {
  return Readable.from(all).forEach(work, { concurrency });
}
