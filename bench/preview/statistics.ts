/** The middle of repeated measurements, and how far they lie apart. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Median, least and most of at least one value. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[sorted.length >> 1]!) / 2;
  return { median: middle, least: sorted[0]!, most: sorted.at(-1)! };
}

/** How measurements compare with others that were made in turns with them: each with the other of its turn. */
export function ratio(values: readonly number[], others: readonly number[]): Spread {
  return spread(values.map((value, turn) => value / others[turn]!));
}

/** A spread for people: `2.03 (1.98 to 2.11)`. */
export function shown({ median, least, most }: Spread, digits = 2): string {
  return `${median.toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;
}
