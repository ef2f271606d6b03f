import type { Input } from "@pulumi/pulumi";
import { z } from "zod";
import { secretValue } from "./values";

/** `pulumi config set --path` stores `true` and `8` as such; other values, such as outputs, are left as they are. */
const plainValue = z
  .unknown()
  .transform(
    (value: unknown) =>
      (typeof value === "boolean" || Number.isSafeInteger(value)
        ? String(value)
        : value) as Input<string>,
  );

function variablesByRole(value: typeof plainValue, what: string) {
  const byName = z.record(z.string(), value, { error: "is not a list of variables" }).optional();
  return z
    .strictObject(
      {
        all: byName.describe("For every container"),
        webserver: byName.describe("For the webserver"),
        scheduler: byName.describe("For the scheduler, in whose container the tasks run"),
        dagProcessor: byName.describe("For the dag-processor, if it has a container of its own"),
      },
      { error: "is not a list of variables by role" },
    )
    .describe(what);
}

export const variables = variablesByRole(plainValue, "Environment variables of your own");

export const secretVariables = variablesByRole(
  secretValue,
  "Environment variables of your own that nobody may read; set them with `pulumi config set --secret --path`",
);
