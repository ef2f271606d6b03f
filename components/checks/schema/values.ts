import type { Input } from "@pulumi/pulumi";
import { z } from "zod";
import { withReferences } from "../../secrets/secretReference";
import { isUnknown } from "../unknown";

/** A text that is known before anything is asked of Scaleway. */
export const text = z.string({ error: "is not a text" }).min(1, { error: "is empty" });

/** A text, what becomes one only in a deployment, or where Secret Manager has it. */
export const wire = z
  .custom<unknown>(
    (value) => (typeof value === "string" && value !== "") || isUnknown(withReferences(value)),
    { error: ({ input }) => (input === undefined ? "is missing" : "is not a text") },
  )
  .transform((value) => withReferences(value) as Input<string>);

/** A quantity as people write it, with or without a unit; `example` is one that can be typed. */
export function quantity(
  what: string,
  parse: (written: string | number) => number | undefined,
  example: string,
) {
  return z
    .union([z.number(), z.string()], { error: `is not ${what}` })
    .transform((written, context) => {
      const parsed = parse(written);
      if (parsed !== undefined && parsed > 0) return parsed;
      context.addIssue({ code: "custom", message: `is not ${what}`, params: { fix: example } });
      return z.NEVER;
    });
}

/** Yes or no. */
export const flag = z.boolean({ error: "is neither true nor false" });

/** A secret, or where Secret Manager has it. */
export const secretValue = z
  .unknown()
  .transform((value: unknown) => withReferences(value) as Input<string>);
