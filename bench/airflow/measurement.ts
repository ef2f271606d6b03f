import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { dockerClient } from "../../tools/docker";
import { run } from "../../tools/shell";
import { spread } from "../preview/statistics";
import { Sample, watchMemory } from "./memory";
import { Sizing } from "./sizing";
import { DAG, Stack } from "./stack";

const SETTLING_MS = 10_000;
const LOOKS = 3;
const LOOK_EVERY_MS = 3_000;
const MINUTE = 60_000;
const processes = readFileSync(join(__dirname, "processes.py"), "utf8");

/** What one start of the scheduler's container gave. */
export interface Measurement {
  /** Bytes of anonymous memory by Airflow process, while nothing runs. */
  readonly idle: Readonly<Record<string, number>>;
  /** From the start of the DAG run to its end. */
  readonly seconds: number;
  /** The memory of the scheduler's container meanwhile. */
  readonly samples: readonly Sample[];
}

/** Starts a scheduler's container, looks at its memory while it idles, and runs a hundred tasks in it. */
export async function measure(stack: Stack, sizing: Sizing): Promise<Measurement> {
  await stack.start(sizing);
  await delay(SETTLING_MS);
  const idle = await idleMemory(stack);
  const { result, samples } = await watchMemory(await stack.container("scheduler"), () =>
    stack.airflow.runDag(DAG, 5 * MINUTE),
  );
  if (result.state !== "success") throw new Error(`The run of ${DAG} ended with ${result.state}`);
  return { idle, seconds: await duration(stack, result.runId), samples };
}

/** The median of several looks, as the dag-processor starts a process for each file that it parses. */
async function idleMemory(stack: Stack): Promise<Record<string, number>> {
  const looks: Record<string, number>[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    await delay(LOOK_EVERY_MS);
    looks.push(sum(await byProcess(stack, "webserver"), await byProcess(stack, "scheduler")));
  }
  return Object.fromEntries(
    Object.keys(looks[0]!).map((name) => [
      name,
      spread(looks.map((look) => look[name] ?? 0)).median,
    ]),
  );
}

async function byProcess(stack: Stack, service: string): Promise<Record<string, number>> {
  const look = ["exec", "--interactive", await stack.container(service), "python", "-"];
  const printed = await run(await dockerClient(), look, { input: processes });
  return JSON.parse(printed) as Record<string, number>;
}

function sum(one: Record<string, number>, other: Record<string, number>): Record<string, number> {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(names.map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]));
}

async function duration({ airflow }: Stack, runId: string): Promise<number> {
  const { start_date, end_date } = await airflow.call<{ start_date: string; end_date: string }>(
    "GET",
    `/api/v2/dags/${DAG}/dagRuns/${encodeURIComponent(runId)}`,
  );
  return (Date.parse(end_date) - Date.parse(start_date)) / 1_000;
}
