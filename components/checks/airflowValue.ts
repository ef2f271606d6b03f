import type { OptionFacts } from "./airflowSettingsList";
import { closest } from "./problem";

/** What is wrong with a value, and the nearest good one. */
export interface Mistake {
  readonly message: string;
  readonly fix?: string;
}

/** What is wrong with the value of an option, judged as Airflow would. */
export function mistakeIn(value: string, label: string, facts: OptionFacts): Mistake | undefined {
  if (isExpanded(value)) return undefined;
  if (facts.refused && Object.hasOwn(facts.refused, value)) {
    const advice = facts.refused[value] && `. ${facts.refused[value]}`;
    return { message: `${quoted(value, facts)} is not a value of ${label} any more${advice}` };
  }
  if (facts.choices) return mistakeInChoice(value, label, facts, facts.choices);
  if (!facts.type || (value === "" && facts.mayBeEmpty)) return undefined;
  const { accepts, what, nearest } = TYPES[facts.type];
  if (accepts(value)) return undefined;
  return { message: `${quoted(value, facts)} is not ${what}: ${label}`, fix: nearest(value) };
}

/** Airflow puts other variables and the home folder in such a value, so it is not known here. */
function isExpanded(value: string): boolean {
  return value.includes("$") || value.startsWith("~");
}

function mistakeInChoice(
  value: string,
  label: string,
  facts: OptionFacts,
  choices: readonly string[],
): Mistake | undefined {
  if (value === "" || choices.includes(value)) return undefined;
  const named = choices.filter((choice) => choice !== "");
  const sameLetters = named.find((choice) => choice.toLowerCase() === value.toLowerCase());
  return {
    message: `${quoted(value, facts)} is not a value of ${label}; allowed: ${named.join(", ")}`,
    fix: sameLetters ?? closest(value, named),
  };
}

const TYPES = {
  boolean: {
    what: "true or false",
    accepts: (value: string) =>
      /^(t|true|1|f|false|0)$/.test(value.toLowerCase().split("#", 1)[0]!.trim()),
    nearest: (value: string) => {
      const word = value.toLowerCase().trim();
      if (/^(y|yes|on|enabled?)$/.test(word)) return "true";
      if (/^(n|no|off|disabled?|none|)$/.test(word)) return "false";
      return closest(word, ["true", "false"]);
    },
  },
  integer: {
    what: "a whole number",
    accepts: (value: string) => Number.isInteger(pythonNumber(value)),
    nearest: (value: string) => {
      const number = pythonNumber(value);
      return Number.isFinite(number) ? String(Math.round(number)) : undefined;
    },
  },
  float: {
    what: "a number",
    accepts: (value: string) =>
      !Number.isNaN(pythonNumber(value)) || /^\s*[+-]?(nan|inf(inity)?)\s*$/i.test(value),
    nearest: (value: string) => {
      const number = pythonNumber(value.replace(",", "."));
      return Number.isNaN(number) ? undefined : String(number);
    },
  },
} as const;

/** Reads a number as Python's int() and float() do; NaN where they would not. */
function pythonNumber(value: string): number {
  const digits = value.trim().replace(/(?<=\d)_(?=\d)/g, "");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(digits) ? Number(digits) : NaN;
}

const SHOWN = 40;

function quoted(value: string, facts: OptionFacts): string {
  if (facts.sensitive) return "the value";
  return JSON.stringify(value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value);
}
