import { say } from "../../tools/progress";
import { Bucket, PART_SIZE, StoredObject, reasonOf } from "./bucket";
import { Amount, Problem, eachOf } from "./compare";
import { amount, rate } from "./words";

const PROGRESS_INTERVAL = 5_000;
/** How many objects pass through in parts at a time: each holds a few parts in memory. */
const LARGE_CONCURRENCY = 2;

/** What was copied, in how many milliseconds, and what could not be. */
export interface Copied {
  readonly copied: Amount;
  readonly took: number;
  readonly problems: Problem[];
}

/** Copies the objects and says how far it is. One that cannot be copied does not hold up the others. */
export async function copyAll(from: Bucket, to: Bucket, objects: StoredObject[]): Promise<Copied> {
  const started = Date.now();
  const took = () => Date.now() - started;
  const problems: Problem[] = [];
  const copied = { objects: 0, bytes: 0 };
  const copy = async ({ key, size }: StoredObject) => {
    try {
      await from.copyTo(to, key);
      copied.objects += 1;
      copied.bytes += size;
    } catch (error) {
      problems.push({ key, reason: reasonOf(error) });
    }
  };
  await reporting(
    () => `Copied ${amount(copied)} of ${objects.length}, ${rate(copied, took())}`,
    () => eachBySize(objects, copy),
  );
  return { copied, took: took(), problems };
}

async function eachBySize(
  objects: StoredObject[],
  work: (one: StoredObject) => Promise<void>,
): Promise<void> {
  const isLarge = ({ size }: StoredObject) => size > PART_SIZE;
  const small = objects.filter((object) => !isLarge(object));
  await eachOf(small, work);
  await eachOf(objects.filter(isLarge), work, LARGE_CONCURRENCY);
}

async function reporting(line: () => string, work: () => Promise<void>): Promise<void> {
  const timer = setInterval(() => say(line()), PROGRESS_INTERVAL);
  await work().finally(() => clearInterval(timer));
}
