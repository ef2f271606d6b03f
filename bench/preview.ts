import { Command } from "commander";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { step } from "../tools/progress";
import { setUp } from "../tools/setup";
import { ensureTerraform } from "../tools/terraform";
import { lifecycle } from "./preview/lifecycle";
import { plot } from "./preview/plot";
import { inTurns, planOf, previewOf, Timed } from "./preview/programs";
import { panels, tables, Timings } from "./preview/report";

const command = new Command("npm run bench --")
  .description(
    "Times previews of this program beside others of the same resources, and its updates.",
  )
  .option("--runs <number>", "how often each is timed", Number, 7)
  .option("--plot <file>", "draws the results, as SVG");

const ENVIRONMENTS = [1, 2, 5, 10];

/** Previews in a folder of their own; updates on an emulator. Nothing of either stays. */
async function main(): Promise<void> {
  const { runs, plot: file } = command.parse().opts<{ runs: number; plot?: string }>();
  const toolbox = await setUp();
  const terraform = await ensureTerraform();
  Object.assign(process.env, toolbox.engine);
  const folder = mkdtempSync(join(tmpdir(), "airflow-bench-"));
  try {
    const same = [
      await previewOf(folder, "this program"),
      await previewOf(folder, "flat program", { program: "flat" }),
      await previewOf(folder, "Pulumi's default loader", { runtime: "nodejs" }),
      await planOf(folder, terraform),
    ];
    const previews = await timings("previews of the same resources", same, runs);
    const several = await Promise.all(ENVIRONMENTS.map((count) => environments(folder, count)));
    const counted = Object.values(await timings("previews of environments", several, runs));
    const findings = {
      previews,
      environments: new Map(ENVIRONMENTS.map((count, index) => [count, counted[index]!])),
      lifecycle: await lifecycle(folder, toolbox, runs),
    };
    process.stdout.write(tables(findings));
    if (file) writeFileSync(file, plot(panels(findings)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timings(title: string, timed: Timed[], runs: number): Promise<Timings> {
  const seconds = await step(title, () => inTurns(timed, runs));
  return Object.fromEntries(timed.map(({ name }, index) => [name, seconds[index]!]));
}

function environments(folder: string, count: number): Promise<Timed> {
  const config = { "bench:environments": String(count) };
  return previewOf(folder, `environments of ${count}`, { program: "environments", config });
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
