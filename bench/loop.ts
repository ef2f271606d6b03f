import { Command } from "commander";
import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Emulator } from "../scripts/emulator";
import { PulumiProject } from "../scripts/pulumiProject";
import { step } from "../tools/progress";
import { setUp } from "../tools/setup";
import { provideBaseImage } from "./baseImage";
import { Machine, machines } from "./machines";
import { Measurement, measure, warmUp } from "./measurement";
import { table } from "./table";
import { ThisWay } from "./thisWay";
import { TodaysWay } from "./today/todaysWay";
import { Bench, Way } from "./way";

const command = new Command("npm run bench:loop --")
  .description(
    "Times the way from a changed line of a DAG to a run of it, here and as production does it today.",
  )
  .option("--runs <number>", "how often each way is timed", Number, 3);

/** Times the way from a changed line of a DAG to a run of it, with this program and as production does it today. */
async function main(): Promise<void> {
  const { runs } = command.parse().opts<{ runs: number }>();
  const toolbox = await setUp();
  Object.assign(process.env, toolbox.engine);
  const folder = mkdtempSync(join(tmpdir(), "airflow-loop-"));
  const emulator = await Emulator.start(folder, toolbox);
  try {
    const bench = await prepare(folder, emulator, toolbox.images.airflow);
    const ways: Way[] = [new ThisWay(bench), new TodaysWay(bench)];
    for (const way of ways) await step(`Setting up: ${way.name}`, () => way.setUp());
    for (const way of ways) await step(`A first run: ${way.name}`, () => warmUp(way, bench));
    for (const [where, machine] of Object.entries(machines)) {
      const found = await inTurns(ways, bench, runs, machine);
      process.stdout.write(`\nBuilt ${where}:\n\n${table(found)}`);
    }
  } finally {
    await emulator.erase();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The project of this checkout, with a copy of the DAGs that can be edited. */
async function prepare(folder: string, emulator: Emulator, airflow: string): Promise<Bench> {
  const project = new PulumiProject(folder, emulator.env);
  Object.assign(process.env, project.env);
  const context = join(project.folder, "airflow");
  rmSync(context);
  cpSync(resolve(__dirname, "../airflow"), context, { recursive: true });
  const blobs = join(folder, "emulator/registry/storage/docker/registry/v2/blobs");
  const baseImage = await provideBaseImage({ emulator }, airflow);
  return { emulator, project, context, baseImage, blobs };
}

/** One after the other, again and again, so that what else the machine does falls on both. */
async function inTurns(
  ways: Way[],
  bench: Bench,
  runs: number,
  machine: Machine,
): Promise<Record<string, Measurement[]>> {
  const found: Record<string, Measurement[]> = {};
  for (let run = 1; run <= runs; run += 1) {
    for (const way of ways) {
      const measured = await step(`Change ${run}: ${way.name}`, () =>
        machine(() => measure(way, bench, randomBytes(4).toString("hex"))),
      );
      (found[way.name] ??= []).push(measured);
    }
  }
  return found;
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
