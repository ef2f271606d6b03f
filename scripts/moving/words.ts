import { Amount, Problem } from "./compare";

const MOST_NAMED = 20;

/** As `10,000 objects (41.2 MB)`. */
export function amount({ objects, bytes }: Amount): string {
  return `${objects.toLocaleString("en")} object${objects === 1 ? "" : "s"} (${size(bytes)})`;
}

/** As `193 objects/s`. */
export function rate({ objects }: Amount, milliseconds: number): string {
  return `${Math.round((objects * 1_000) / Math.max(milliseconds, 1))} objects/s`;
}

function size(bytes: number): string {
  const [value, unit] =
    bytes < 1e6 ? [bytes / 1e3, "kB"] : bytes < 1e9 ? [bytes / 1e6, "MB"] : [bytes / 1e9, "GB"];
  return `${value.toFixed(1)} ${unit}`;
}

/** The first of the objects at fault, each with the reason, and how many there are besides. */
export function named(problems: Problem[]): string {
  const lines = problems.slice(0, MOST_NAMED).map(({ key, reason }) => `  ${key}: ${reason}`);
  const rest = problems.length - lines.length;
  return [...lines, ...(rest > 0 ? [`  … and ${rest} more`] : [])].join("\n");
}
