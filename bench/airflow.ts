import { Command } from "commander";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { step } from "../tools/progress";
import { measure, Measurement } from "./airflow/measurement";
import { plot } from "./airflow/plot";
import { report } from "./airflow/report";
import { sizings } from "./airflow/sizing";
import { Stack } from "./airflow/stack";

const picture = join(__dirname, "../docs/benchmarks/airflow.svg");
const command = new Command("npm run bench:airflow --")
  .description("Runs a hundred tasks with the derived sizing and with Airflow's defaults.")
  .option("--runs <number>", "how often each sizing is measured", Number, 3);

/** Measures Airflow in containers of preprod's sizes, with both sizings in turns. */
async function main(): Promise<void> {
  const { runs } = command.parse().opts<{ runs: number }>();
  const stack = await step("Setting up", () => Stack.create());
  try {
    await step("A first run", () => measure(stack, sizings[0]!));
    const found = await inTurns(stack, runs);
    process.stdout.write(report(found));
    writeFileSync(picture, plot(found));
  } finally {
    await stack.close();
  }
}

/** One after the other, again and again, so that what else the machine does falls on both. */
async function inTurns(stack: Stack, runs: number): Promise<Record<string, Measurement[]>> {
  const found: Record<string, Measurement[]> = {};
  for (let run = 1; run <= runs; run += 1) {
    for (const sizing of sizings) {
      const measured = await step(`Run ${run}: ${sizing.name}`, () => measure(stack, sizing));
      (found[sizing.name] ??= []).push(measured);
    }
  }
  return found;
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}${error.cause ? `: ${error.cause}` : ""}\n`);
  process.exitCode = 1;
});
