/**
 * Each function takes what people write and gives what Scaleway takes, or `undefined` when the text is no such
 * quantity. A bare number is already in Scaleway's unit.
 */
type Parser = (written: string | number) => number | undefined;

const MEGABYTE = 1_000_000;

/** `4096`, `4096MB`, `4 GB`, `4Gi`, `4GiB` -> MB of 10^6 bytes, rounded up. */
export const parseMegabytes: Parser = byUnit({
  "": 1,
  mb: 1,
  m: 1,
  gb: 1_000,
  g: 1_000,
  mi: 1024 ** 2 / MEGABYTE,
  mib: 1024 ** 2 / MEGABYTE,
  gi: 1024 ** 3 / MEGABYTE,
  gib: 1024 ** 3 / MEGABYTE,
});

/** `10`, `10GB`, `10 Gi` -> GB of 10^9 bytes, rounded up. */
export const parseGigabytes: Parser = (written) => {
  const megabytes = parseMegabytes(
    typeof written === "number" ? `${written}gb` : withUnit(written, "gb"),
  );
  return megabytes === undefined ? undefined : Math.ceil(megabytes / 1_000);
};

/** `1000`, `1000m`, `1000 mvCPU`, `1 vCPU`, `0.5vcpu` -> mvCPU. */
export const parseMillicpu: Parser = byUnit({ "": 1, m: 1, mvcpu: 1, vcpu: 1_000, cpu: 1_000 });

/** `300`, `300s`, `5m`, `5 minutes`, `1h` -> seconds. */
export const parseSeconds: Parser = byUnit({
  "": 1,
  s: 1,
  second: 1,
  seconds: 1,
  m: 60,
  min: 60,
  minute: 60,
  minutes: 60,
  h: 3_600,
  hour: 3_600,
  hours: 3_600,
});

/** `7`, `7d`, `7 days`, `2 weeks` -> days. */
export const parseDays: Parser = byUnit({ "": 1, d: 1, day: 1, days: 1, w: 7, week: 7, weeks: 7 });

function byUnit(factors: Record<string, number>): Parser {
  return (written) => {
    const [, digits, unit] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(String(written)) ?? [];
    const factor = factors[(unit ?? "").toLowerCase()];
    if (digits === undefined || factor === undefined) return undefined;
    const quantity = Math.ceil(round(Number(digits) * factor));
    return Number.isSafeInteger(quantity) ? quantity : undefined;
  };
}

/** So that 0.1 of 1000 is 100 and not 100.00000000000001. */
function round(quantity: number): number {
  return Number(quantity.toPrecision(12));
}

function withUnit(written: string, unit: string): string {
  return /[a-z]\s*$/i.test(written) ? written : `${written}${unit}`;
}
