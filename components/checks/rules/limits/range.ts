import { Finding } from "../../problem";

/** The values that Scaleway takes, from the least to the most. */
export interface Range {
  readonly least: number;
  readonly most: number;
  readonly unit?: string;
}

/** Whether a value is in a range; if not, the nearest one that is. */
export function outside(value: number, { least, most, unit }: Range): Finding | undefined {
  if (value >= least && value <= most) return undefined;
  const withUnit = (text: string) => (unit === undefined ? text : `${text} ${unit}`);
  const direction = value < least ? "small" : "large";
  return {
    message: `${withUnit(String(value))} is too ${direction}; allowed: ${withUnit(`${least} to ${most}`)}`,
    fix: String(value < least ? least : most),
  };
}
