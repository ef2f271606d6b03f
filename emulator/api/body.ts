import { z } from "zod";
import { type ArgumentProblem, invalidArguments } from "./errors";

type Fields = Record<string, unknown>;

/** The request's body by its schema; whatever breaks it is answered as `invalid_arguments`. */
export function parseBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(withoutUnset((body ?? {}) as Fields));
  if (!result.success) throw invalidArguments(result.error.issues.map(toProblem));
  return result.data;
}

/** Drops what clients send for "not set": null, and the first value of an enumeration (`unknown_…`). */
export function withoutUnset(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => value !== null && value !== `unknown_${name}`),
  );
}

/** What of a PATCH is there to change: the keys that are set. */
export function withoutUndefined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}

function toProblem(issue: z.core.$ZodIssue): ArgumentProblem {
  const argument_name = issue.path.join(".");
  const missing = issue.code === "invalid_type" && issue.message.includes("received undefined");
  if (missing) return { argument_name, reason: "required" };
  const reason = issue.code === "invalid_format" ? "format" : "constraint";
  return { argument_name, reason, help_message: issue.message };
}

/** A duration as clients send it (`300.000000000s`), kept as the API answers it (`300s`). */
export const duration = z
  .string()
  .regex(/^\d+(\.\d+)?s$/, "must be a duration in seconds such as 300s")
  .transform((text) => `${Number(text.slice(0, -1))}s`);

/** The milliseconds of a duration that the API answers. */
export const milliseconds = (text: string): number => Number(text.slice(0, -1)) * 1000;

export const tags = z.array(z.string());
export const variables = z.record(z.string(), z.string());
