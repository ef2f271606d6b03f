import * as pulumi from "@pulumi/pulumi";
import { AirflowEnvironmentArgs } from "pulumi-scaleway-airflow";

type Settings = Partial<AirflowEnvironmentArgs>;

/** What is written in the examples in the documentation, and what outputs make of it. */
export const accepted: Settings[] = [
  { logs: { retention: 90 } },
  { logs: { retention: "forever" } },
  {
    airflowVariables: { region: "fr-par", sources: { a: [1, true, null], b: pulumi.output("c") } },
  },
  { airflowVariables: { token: { value: pulumi.secret("t"), description: "of the API" } } },
  { airflowVariables: { token: { fromSecretManager: "data/token@3" } } },
  { connections: { db: { type: "postgres", port: pulumi.output(5432), extra: { ssl: true } } } },
  { connections: { db: { uri: { fromSecretManager: "db" } } } },
];

export const refused: Settings[] = [
  // @ts-expect-error: a number of days, or forever
  { logs: { retention: "90 days" } },
  // @ts-expect-error: it cannot wait for an output
  { logs: { retention: pulumi.output(90) } },
  // @ts-expect-error: nor for a promise
  { logs: { retention: Promise.resolve(90) } },
  // @ts-expect-error: megabytes, as a number
  { scheduler: { memory: "4Gi" } },
  // @ts-expect-error: no JSON
  { airflowVariables: { now: () => Date.now() } },
  // @ts-expect-error: no JSON
  { airflowVariables: { started: { value: Symbol("started") } } },
  // @ts-expect-error: no JSON
  { connections: { db: { type: "http", extra: { timeout: 5n } } } },
  // @ts-expect-error: a number
  { connections: { db: { type: "postgres", port: "5432" } } },
  // @ts-expect-error: text
  { variables: { all: { LEVEL: 3 } } },
];
