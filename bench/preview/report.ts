import { Link } from "./chain";
import { Lifecycle } from "./lifecycle";
import { Bar, Panel } from "./plot";
import { ratio, shown, Spread, spread } from "./statistics";

/** Seconds of what was timed in turns, by name; the first is what the others are compared with. */
export type Timings = Readonly<Record<string, readonly number[]>>;

/** All that one run of the benchmark has found. */
export interface Findings {
  /** Previews of the same resources, this program's first. */
  readonly previews: Timings;
  /** Previews by the number of environments, from one on. */
  readonly environments: ReadonlyMap<number, readonly number[]>;
  readonly lifecycle: Lifecycle;
}

/** The findings as tables in Markdown. */
export function tables({ previews, environments, lifecycle }: Findings): string {
  const [own] = Object.values(previews) as [readonly number[]];
  const { ups, writes, chain, afterwards, seconds } = lifecycle;
  return [
    table(
      ["preview of an empty stack", "seconds", "this program, times"],
      Object.entries(previews).map(([name, it]) => [
        name,
        shown(spread(it)),
        shown(ratio(own, it)),
      ]),
    ),
    table(
      ["environments in one program", "seconds", "each further one, of the first"],
      [...environments].map(([count, it]) => [
        String(count),
        shown(spread(it)),
        count === 1 ? "" : shown(each(it, environments.get(1)!, count)),
      ]),
    ),
    table(
      ["of what is deployed", "seconds", "times a preview"],
      [
        ["preview", shown(spread(lifecycle.previews)), ""],
        ["up without changes", shown(spread(ups)), shown(ratio(ups, lifecycle.previews))],
      ],
    ),
    `Calls that wrote something in ${ups.length + 1} of each: ${writes.length}\n${writes.join("\n")}`,
    table(
      ["longest chain of an up from nothing", "from, s", "waited, s", "took, s"],
      [
        ...chain.map(({ name, begun, waited, took }) => [
          name,
          ...[begun, waited, took].map(tenth),
        ]),
        ["what the program checks then", tenth(seconds - afterwards), "0.0", tenth(afterwards)],
        ["in all", "", "", tenth(seconds)],
      ],
    ),
  ].join("\n");
}

/** What each environment after the first adds, as a part of the first. */
function each(many: readonly number[], one: readonly number[], count: number): Spread {
  return spread(many.map((it, turn) => (it - one[turn]!) / (count - 1) / one[turn]!));
}

/** The findings as panels of a plot. */
export function panels({ previews, environments, lifecycle }: Findings): Panel[] {
  const measured = (label: string, seconds: readonly number[]): Bar => {
    const { median, least, most } = spread(seconds);
    return { label, to: median, range: [least, most], text: `${median.toFixed(2)} s` };
  };
  const counted = [...environments].map(([count, it]) =>
    measured(count === 1 ? "1 environment" : `${count} environments`, it),
  );
  const { seconds, afterwards } = lifecycle;
  return [
    {
      title: "Preview of the same resources, nothing deployed",
      bars: Object.entries(previews).map(([name, it]) => measured(name, it)),
    },
    { title: "Preview of several environments in one program", bars: counted },
    {
      title: "Without changes, everything deployed",
      bars: [measured("preview", lifecycle.previews), measured("up", lifecycle.ups)],
    },
    {
      title: `Up from nothing on the emulator: the longest chain of its ${seconds.toFixed(0)} s`,
      bars: [...lifecycle.chain.map(chained), stretch("checks", seconds - afterwards, seconds)],
    },
  ];
}

const chained = ({ name, begun, took }: Link) => stretch(name, begun, begun + took);
const stretch = (label: string, from: number, to: number): Bar => ({
  label,
  from,
  to,
  text: `${(to - from).toFixed(1)} s`,
});

const tenth = (seconds: number) => seconds.toFixed(1);

function table(head: string[], rows: string[][]): string {
  const rule = head.map((_, column) => (column === 0 ? "---" : "---:"));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}
