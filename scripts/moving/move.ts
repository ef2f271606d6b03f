import { step } from "../../tools/progress";
import { Bucket } from "./bucket";
import { Missing, Verification, findMissing, verify } from "./compare";
import { Copied, copyAll } from "./copy";
import { amount, named, rate } from "./words";

/** How the command is called that moves: what it says next. */
export interface MoveWords {
  /** The flag that lets it copy. */
  readonly flag: string;
  /** Where endpoints and credentials are explained. */
  readonly help: string;
}

/** Copies what is missing if it `may`, verifies everything, and tells whether all is well. */
export async function move(
  from: Bucket,
  to: Bucket,
  may: boolean,
  words: MoveWords,
): Promise<boolean> {
  await reach([from, to], words);
  const plan = await step(`Comparing ${from} and ${to}`, () => findMissing(from, to));
  print(planned(plan));
  if (!may) {
    print(`Nothing was copied. Add ${words.flag} to copy.`);
    return true;
  }
  const copied = await copyAll(from, to, plan.missing);
  print(done(copied));
  const verification = await step("Verifying both sides", () => verify(from, to));
  print(verified(verification));
  return copied.problems.length + verification.problems.length === 0;
}

async function reach(buckets: Bucket[], { help }: MoveWords): Promise<void> {
  const faults = await Promise.all(buckets.map((bucket) => bucket.fault()));
  if (faults.every((fault) => fault === undefined)) return;
  const advice = `Endpoints, regions and credentials are explained by ${help}`;
  throw new Error([...faults.filter(Boolean), advice].join("\n"));
}

function planned({ found, missing }: Missing): string {
  const bytes = missing.reduce((sum, { size }) => sum + size, 0);
  const toCopy = { objects: missing.length, bytes };
  const there = { objects: found.objects - toCopy.objects, bytes: found.bytes - bytes };
  return `Source   ${amount(found)}\nMoved    ${amount(there)}\nTo copy  ${amount(toCopy)}`;
}

function done({ copied, took, problems }: Copied): string {
  const line = `Copied   ${amount(copied)} in ${Math.round(took / 1_000)} s, ${rate(copied, took)}`;
  return problems.length === 0 ? line : `${line}\nNot copied:\n${named(problems)}`;
}

function verified({ found, read, problems }: Verification): string {
  const how = read === 0 ? "" : `, ${read} of them by reading both`;
  if (problems.length === 0) return `Verified ${amount(found)}: the same on both sides${how}`;
  return [
    `Not the same on both sides, ${problems.length} of ${found.objects}:`,
    named(problems),
    "Run the same command again: it copies what is missing or has changed.",
  ].join("\n");
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
