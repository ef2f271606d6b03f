import { z } from "zod";
import { closest, Problem } from "./problem";
import { rules } from "./rules";
import { environmentSchema, EnvironmentSettings } from "./schema";

/** What a check found. There are settings when no problem is an error. */
export interface Checked {
  readonly settings?: EnvironmentSettings;
  readonly problems: Problem[];
}

/** Checks everything about an environment that can be known before anything is asked of Scaleway. */
export function checkEnvironment(input: object, environment: string): Checked {
  const result = environmentSchema.safeParse(input, { reportInput: true });
  const mistakes = result.success
    ? []
    : result.error.issues.flatMap((issue) => explain(issue, input));
  // What is mistaken counts as not written, so that the rules are applied to all the rest.
  const readable = result.success ? result.data : parseWithout(input, result.error.issues);
  const broken = readable ? rules.flatMap((rule) => rule.check(readable, environment)) : [];
  const problems = [
    ...mistakes,
    ...broken.filter(({ path }) => !mistakes.some((m) => covers(m.path, path))),
  ];
  const refused = problems.some(({ severity }) => severity === "error");
  return { settings: refused ? undefined : readable, problems };
}

function covers(outer: Problem["path"], inner: Problem["path"]): boolean {
  return outer.every((key, index) => inner[index] === key);
}

function explain(issue: z.core.$ZodIssue, input: object): Problem[] {
  const path = issue.path as (string | number)[];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKey([...path, key], knownKeys(path)));
  }
  if (issue.input === undefined && issue.code === "invalid_type") {
    return [{ path, rule: "missing", severity: "error", message: "is missing" }];
  }
  const fix = issue.code === "custom" ? (issue.params?.fix as string | undefined) : undefined;
  const written = quoted(path, input);
  return [{ path, rule: "type", severity: "error", message: `${written}${issue.message}`, fix }];
}

function unknownKey(path: (string | number)[], known: string[]): Problem {
  const nearest = closest(String(path.at(-1)), known);
  return {
    path,
    rule: "unknown-key",
    severity: "error",
    message: `there is no such setting; known here: ${known.join(", ")}`,
    fix: nearest,
  };
}

const MAY_BE_SECRET = ["adopted", "secretVariables", "connections", "airflowVariables"];

/** The value as it was written, except where it may be a secret. */
function quoted(path: (string | number)[], input: object): string {
  if (mayBeSecret(path)) return "the value ";
  const value = path.reduce<unknown>(
    (inner, key) => (inner as Record<string, unknown>)?.[key],
    input,
  );
  const written = JSON.stringify(value) ?? "the value";
  return `${written.length > 60 ? `${written.slice(0, 57)}…` : written} `;
}

/** Secrets, and what somebody may have written in the place of a list that holds one. */
function mayBeSecret([first, second]: (string | number)[]): boolean {
  if (first !== "logs") return MAY_BE_SECRET.includes(String(first));
  return second === undefined || ["key", "existingBucket"].includes(String(second));
}

function knownKeys(path: (string | number)[]): string[] {
  let schema: z.ZodType = environmentSchema;
  for (const key of path) schema = innerOf(schema, String(key));
  return Object.keys((unwrapped(schema) as z.ZodObject).shape);
}

function innerOf(schema: z.ZodType, key: string): z.ZodType {
  const outer = unwrapped(schema);
  return (outer instanceof z.ZodRecord ? outer.valueType : outer.shape[key]) as z.ZodType;
}

/** The object or record under its default, optional or transforming wrapping. */
function unwrapped(schema: z.ZodType): z.ZodObject | z.ZodRecord {
  if (schema instanceof z.ZodObject || schema instanceof z.ZodRecord) return schema;
  if (schema instanceof z.ZodPipe) return unwrapped(schema.in as z.ZodType);
  return unwrapped((schema as z.ZodOptional<z.ZodType>).unwrap());
}

function parseWithout(input: object, issues: z.core.$ZodIssue[]): EnvironmentSettings | undefined {
  const mistaken = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => [...issue.path, key])
      : [issue.path],
  );
  const rest = mistaken.reduce<unknown>(without, input) as object;
  const result = environmentSchema.safeParse({ prefix: "prefix", ...rest });
  return result.success ? result.data : undefined;
}

/** A copy that lacks the value at a path. */
function without(value: unknown, [key, ...deeper]: PropertyKey[]): unknown {
  if (typeof value !== "object" || value === null || key === undefined) return value;
  const { [key as keyof object]: inner, ...others } = value;
  return deeper.length === 0 ? others : { ...others, [key]: without(inner, deeper) };
}
