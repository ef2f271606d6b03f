import { z } from "zod";
import type { AirflowObjects, DescribedVariable } from "../../airflowObjects";
import { isPlain, withReferences } from "../../secrets/secretReference";
import { flag, secretValue, text } from "./values";

const description = text.optional().describe("For people who see it in the interface");

const connection = z
  .strictObject(
    {
      type: text.optional().describe("What it connects to: postgres, http, aws, …"),
      host: secretValue.optional().describe("Name or address of the server"),
      port: z.unknown().optional().describe("Its port, a whole number"),
      login: secretValue.optional().describe("User name"),
      password: secretValue
        .optional()
        .describe("Password; set it with `pulumi config set --secret --path`"),
      schema: secretValue.optional().describe("For databases, the name of the database"),
      extra: z
        .record(z.string(), z.unknown().transform(withReferences), {
          error: "is not a list of further settings of the connection",
        })
        .optional()
        .describe("What else this type of connection knows"),
      uri: secretValue.optional().describe("The whole connection in one address"),
      description,
    },
    { error: "is not a connection: settings such as type and host" },
  )
  .describe("Its parts, or a uri; any value may be { fromSecretManager: <name> }");

/** `{ value, description }`, or the value alone. */
const airflowVariable = z.unknown().transform((written: unknown): DescribedVariable => {
  const described =
    isPlain(written) &&
    "value" in written &&
    Object.keys(written).every((key) => key === "value" || key === "description");
  return withReferences(described ? written : { value: written }) as DescribedVariable;
});

const pool = z
  .strictObject(
    {
      slots: z
        .number({ error: "is not a number of slots; allowed: 0 and more, or -1 for any number" })
        .describe("How many tasks of the pool run at once; -1 for any number"),
      includeDeferred: flag.optional().describe("Whether deferred tasks count"),
      description,
    },
    { error: "is not a pool: settings such as slots" },
  )
  .describe("How many of its tasks may run at once");

function byName<S extends z.ZodType>(value: S, what: string, description: string) {
  return z
    .record(z.string(), value, { error: `is not a list of ${what} by name` })
    .describe(description);
}

export const connections = byName(
  connection,
  "connections",
  "Airflow's connections, brought into its database by each deployment; set secrets with `pulumi config set --secret --path`",
).transform((written) => written as AirflowObjects["connections"]);

export const airflowVariables = byName(
  airflowVariable,
  "variables",
  "Airflow's variables, brought into its database: text, JSON, or { value, description }",
);

export const pools = byName(pool, "pools", "Airflow's pools, brought into its database");
