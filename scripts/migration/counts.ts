import type { Counts } from "./postgres";

/** The tables whose rows are not as many in both. */
export function differences(source: Counts, copy: Counts): string[] {
  const names = [...new Set([...Object.keys(source), ...Object.keys(copy)])].sort();
  return names
    .filter((name) => source[name] !== copy[name])
    .map((name) => `${name}: ${source[name] ?? "no table"} there, ${copy[name] ?? "none"} here`);
}

/** A line for each table that holds something, as it came and as the new schema has it. */
export function describeCounts(source: Counts, upgraded: Counts): string {
  const lines = Object.entries(source)
    .filter(([name, count]) => count > 0 || (upgraded[name] ?? 0) > 0)
    .map(([name, count]) => `  ${name.padEnd(36)}${number(count)}${number(upgraded[name])}`);
  return [
    `  ${"table".padEnd(36)}${"copied".padStart(12)}${"upgraded".padStart(12)}`,
    ...lines,
  ].join("\n");
}

const number = (count: number | undefined) =>
  (count === undefined ? "no table" : count.toLocaleString("en")).padStart(12);
