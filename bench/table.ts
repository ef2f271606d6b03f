import { Measurement } from "./measurement";

const COLUMNS: readonly [title: string, cell: (of: Measurement) => number, digits: number][] = [
  ["seconds", ({ seconds }) => seconds, 1],
  ["of these, deploying", ({ deployment }) => deployment, 1],
  ["bytes pushed", ({ bytesPushed }) => bytesPushed, 0],
  ["containers rolled", ({ containersRolled }) => containersRolled, 0],
];

/** Every change in both ways as Markdown, the medians, and how the first way's compare with the second's. */
export function table(ways: Readonly<Record<string, readonly Measurement[]>>): string {
  const titles = COLUMNS.map(([title]) => title);
  const medians = Object.values(ways).map((runs) =>
    COLUMNS.map(([, cell]) => median(runs.map(cell))),
  );
  const rows = Object.entries(ways).flatMap(([name, runs], way) => [
    ...runs.map((run, index) =>
      row(
        `${name}, change ${index + 1}`,
        COLUMNS.map(([, cell]) => cell(run)),
      ),
    ),
    row(`**${name}, median**`, medians[way]!),
  ]);
  const [ours, theirs] = medians as [number[], number[]];
  const ratios = ours.map((value, column) => (value / theirs[column]!).toPrecision(2));
  return `${[line(["", ...titles]), line(["---", ...titles.map(() => "---:")]), ...rows, line(["**ratio**", ...ratios])].join("\n")}\n`;
}

const row = (name: string, values: number[]) =>
  line([name, ...values.map((value, column) => value.toFixed(COLUMNS[column]![2]))]);

const line = (cells: string[]) => `| ${cells.join(" | ")} |`;

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
