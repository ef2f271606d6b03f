import { ratio, shown, spread } from "../preview/statistics";
import { Measurement } from "./measurement";

const MIB = 2 ** 20;

/** The measurements of each sizing, by its name, the derived one first. */
export type Found = Readonly<Record<string, readonly Measurement[]>>;

/** The most memory that the scheduler's container had while the tasks ran. */
export const peak = ({ samples }: Measurement): number =>
  Math.max(...samples.map(({ bytes }) => bytes));

/** Medians with their spread as two tables in Markdown: of a hundred tasks, and of processes that idle. */
export function report(found: Found): string {
  return `${hundredTasks(found)}\n${idle(found)}`;
}

function hundredTasks(found: Found): string {
  const [[first, ours], ...others] = Object.entries(found) as [[string, Measurement[]], ...Entry[]];
  const ratios = others.map(([name, theirs]) => {
    const to = (of: (run: Measurement) => number) => shown(ratio(ours.map(of), theirs.map(of)));
    return [`${first} : ${name}`, to(({ seconds }) => seconds), to(peak)];
  });
  const rows = Object.entries(found).map(([name, runs]) => [name, ...cells(runs)]);
  return table([["100 tasks", "seconds", "peak, MiB"], ...rows, ...ratios]);
}

type Entry = [name: string, runs: readonly Measurement[]];

function cells(runs: readonly Measurement[]): string[] {
  const seconds = runs.map(({ seconds }) => seconds);
  return [shown(spread(seconds), 1), shown(spread(inMiB(runs.map(peak))), 0)];
}

function idle(found: Found): string {
  const names = Object.keys(Object.values(found)[0]![0]!.idle).sort();
  const row = (title: string, of: (run: Measurement) => number) => [
    title,
    ...Object.values(found).map((runs) => shown(spread(inMiB(runs.map(of))), 0)),
  ];
  const total = ({ idle }: Measurement, counted: readonly string[]) =>
    counted.reduce((sum, name) => sum + idle[name]!, 0);
  return table([
    ["idle, MiB", ...Object.keys(found)],
    ...names.map((name) => row(name, (run) => run.idle[name]!)),
    row("api-server, scheduler, dag-processor", (run) =>
      total(run, ["api-server", "scheduler", "dag-processor"]),
    ),
    row("everything", (run) => total(run, names)),
  ]);
}

const inMiB = (bytes: readonly number[]) => bytes.map((it) => it / MIB);

function table([head, ...rows]: string[][]): string {
  const line = (row: string[]) => `| ${row.join(" | ")} |\n`;
  const rule = head!.map((_, column) => (column === 0 ? "---" : "---:"));
  return [head!, rule, ...rows].map(line).join("");
}
