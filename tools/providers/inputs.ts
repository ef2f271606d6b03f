import { z } from "zod";
import { Failure, Properties, unknownValue } from "./server";

/** What is wrong with a program's inputs; values that are not known yet are let pass. */
export function inputFailures(
  schema: z.ZodType,
  required: string[],
  inputs: Properties,
): Failure[] {
  const missing = required
    .filter((property) => inputs[property] === undefined || inputs[property] === null)
    .map((property) => ({ property, reason: "is required" }));
  const result = schema.safeParse(knownOnly(inputs));
  return result.success ? missing : [...missing, ...result.error.issues.flatMap(failuresOf)];
}

function failuresOf(issue: z.core.$ZodIssue): Failure[] {
  const path = issue.path.map(String);
  if (issue.code !== "unrecognized_keys") {
    return [{ property: path.join("."), reason: issue.message }];
  }
  return issue.keys.map((key) => ({
    property: [...path, key].join("."),
    reason: "is not a property of this resource",
  }));
}

/** Leaves out, at every depth, what is null or not known yet. */
export function knownOnly<T>(value: T): T {
  if (Array.isArray(value)) return value.filter(isKnown).map(knownOnly) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => isKnown(inner));
  return Object.fromEntries(entries.map(([key, inner]) => [key, knownOnly(inner)])) as T;
}

function isKnown(value: unknown): boolean {
  return value !== unknownValue && value !== null && value !== undefined;
}

/** Whether a value, or anything in it, is not known yet. */
export function hasUnknowns(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === unknownValue;
  return Object.values(value).some(hasUnknowns);
}
