import type { Input } from "@pulumi/pulumi";
import { z } from "zod";
import { withReferences } from "../secretReference";
import { isUnknown } from "./rules/written";

/** A text that is known before anything is asked of Scaleway. */
export const text = z.string({ error: "is not a text" }).min(1, { error: "is empty" });

/** A text, what becomes one only in a deployment, or where Secret Manager has it. */
export const wire = z
  .custom<unknown>(
    (value) => (typeof value === "string" && value !== "") || isUnknown(withReferences(value)),
    { error: ({ input }) => (input === undefined ? "is missing" : "is not a text") },
  )
  .transform((value) => withReferences(value) as Input<string>);
