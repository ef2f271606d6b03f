import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { AirflowEnvironmentArgs, ResourceNames } from "./components";

const megabytes = z.number().int().positive();

const container = z.strictObject({
  cpu: z.number().int().positive().optional(),
  memory: megabytes.optional(),
  localStorage: megabytes.optional(),
});

const variables = z.record(z.string(), z.string());

const variablesByRole = z.strictObject({
  all: variables.optional(),
  webserver: variables.optional(),
  scheduler: variables.optional(),
  dagProcessor: variables.optional(),
});

const name = z.string().min(1).optional();

const names = z.strictObject({
  namespace: name,
  registry: name,
  privateNetwork: name,
  database: name,
  bucket: name,
  webserver: name,
  scheduler: name,
  dagProcessor: name,
} satisfies Record<keyof ResourceNames, z.ZodType>);

const settings = z.strictObject({
  prefix: z.string().regex(/^[a-z][a-z0-9-]*$/, "must be lower-case letters, digits and hyphens"),
  names: names.optional(),
  baseImage: z.string().optional(),
  webserver: container.optional(),
  scheduler: container.optional(),
  dagProcessor: container.optional(),
  database: z
    .strictObject({
      nodeType: z.string().optional(),
      volumeSize: z.number().int().multipleOf(5).optional(),
      highAvailability: z.boolean().optional(),
      backupRetention: z.number().int().positive().optional(),
    })
    .optional(),
  adminUsername: z.string().min(1).optional(),
  variables: variablesByRole.optional(),
  secretVariables: variablesByRole.optional(),
  protect: z.boolean().optional(),
});

/** The settings of an environment: what its stack file says, checked. */
export type Settings = Omit<AirflowEnvironmentArgs, "environment">;

/** Reads the settings from the stack's configuration; throws one error that names every problem by its key. */
export function readSettings(): Settings {
  return {
    ...parseSettings(pulumi.runtime.allConfig()),
    registrySecretKey: registrySecretKey(),
  };
}

/** Checks a stack's configuration, given as Pulumi gives it to a program: text by full key. */
export function parseSettings(config: Record<string, string>): z.infer<typeof settings> {
  const result = settings.safeParse(airflowKeys(config));
  if (result.success) return result.data;
  throw new pulumi.RunError(
    ["The stack's configuration has mistakes:", ...result.error.issues.flatMap(describe)].join(
      "\n",
    ),
  );
}

function describe(issue: z.core.$ZodIssue): string[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => `  ${keyOf([...issue.path, key])}: there is no such setting`);
  }
  return [`  ${keyOf(issue.path)}: ${issue.message}`];
}

function keyOf(path: PropertyKey[]): string {
  return `airflow:${path.map(String).join(".")}`;
}

const NAMESPACE = "airflow:";

function airflowKeys(config: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config)
      .filter(([key]) => key.startsWith(NAMESPACE))
      .map(([key, text]) => [key.slice(NAMESPACE.length), decode(text)]),
  );
}

/** Pulumi hands numbers, booleans and objects to the program as JSON, and text as it is. */
function decode(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Images are pushed with the key that deploys: the provider's. */
function registrySecretKey(): pulumi.Output<string> | undefined {
  const configured = new pulumi.Config("scaleway").getSecret("secretKey");
  const fromEnvironment = process.env.SCW_SECRET_KEY;
  return configured ?? (fromEnvironment ? pulumi.secret(fromEnvironment) : undefined);
}
