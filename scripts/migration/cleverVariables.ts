import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { Refused } from "./refused";
import { refusal } from "../refusal";

/** Environment variables by name. */
export type Values = Readonly<Record<string, string>>;

const list = z.array(z.object({ name: z.string(), value: z.string() }));
const parts = z.array(z.object({ env: list })).default([]);
const json = z.union([
  list,
  z
    .object({ env: list, fromAddons: parts, fromDependencies: parts })
    .transform(({ env, fromAddons, fromDependencies }) =>
      [...fromDependencies, ...fromAddons].flatMap((part) => part.env).concat(env),
    ),
]);

/** `NAME="value"`, also over several lines; `export NAME="value";`; or `NAME=value`. */
const ASSIGNMENT =
  /^(?:export[ \t]+)?([\w.-]+)=(?:"((?:\\[^]|[^"\\])*)"|'([^']*)'|((?!["'])[^\n]*?));?[ \t\r]*$/gm;
/** Only quotation marks are escaped there, and the backslashes right before one. */
const ESCAPED_QUOTE = /(\\+)"/g;

/** Reads files with what `clever env` or `clever addon env` printed, in any of their formats; a later file counts. */
export function readVariables(files: readonly string[]): Values {
  const absent = files.filter((file) => !existsSync(file));
  if (absent.length > 0) throw new Refused(absent.map((file) => refusal`There is no file ${file}`));
  return Object.assign(
    {},
    ...files.map((file) => parseVariables(readFileSync(file, "utf8"), file)),
  );
}

/** @throws when there is something that is no variable; what it says holds no value. */
export function parseVariables(text: string, file: string): Values {
  return /^\s*[[{]/.test(text) ? fromJson(text, file) : fromShell(text, file);
}

function fromJson(text: string, file: string): Values {
  const parsed = json.safeParse(parsedJson(text));
  if (parsed.success)
    return Object.fromEntries(parsed.data.map(({ name, value }) => [name, value]));
  throw new Refused([refusal`${file} is not JSON as \`clever env --format json\` prints it`]);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fromShell(text: string, file: string): Values {
  const found: Record<string, string> = {};
  const rest = text.replace(
    ASSIGNMENT,
    (whole, name: string, double?: string, single?: string, bare?: string) => {
      found[name] = double === undefined ? (single ?? bare ?? "") : unescaped(double);
      return whole.replace(/[^\n]/g, "");
    },
  );
  const unread = rest
    .split("\n")
    .flatMap((line, index) => (/^\s*(#|$)/.test(line) ? [] : [index + 1]));
  if (unread.length === 0) return found;
  throw new Refused([
    refusal`${file} has lines that are no variable as \`clever env\` prints it: ${unread.join(", ")}`,
  ]);
}

const unescaped = (text: string) =>
  text.replace(ESCAPED_QUOTE, (_, slashes: string) => `${"\\".repeat((slashes.length - 1) / 2)}"`);
