import * as pulumi from "@pulumi/pulumi";
import { DeployedContainer, describeLog } from "./containerLog";
import { RequestFailed, requestJson } from "../scaleway/request";
import { waitFor } from "./waitFor";
import { UpdateFailed } from "../pulumi/updateFailed";

/** An Airflow, and the containers that its parts run in. */
export interface DeployedAirflow {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly containers: Record<Part, DeployedContainer>;
  /** What its health page showed before the containers changed, if it was there. */
  readonly before?: Health;
}

/** The parts that Airflow's own health page speaks of, each with the heartbeat that it shows there. */
const HEARTBEATS = {
  metadatabase: undefined,
  scheduler: "latest_scheduler_heartbeat",
  dag_processor: "latest_dag_processor_heartbeat",
  triggerer: "latest_triggerer_heartbeat",
} as const;

type Part = keyof typeof HEARTBEATS;
/** What Airflow's health page shows. */
export type Health = Partial<Record<Part, Record<string, string | null>>>;

const PARTS = Object.keys(HEARTBEATS) as Part[];
/** How long to wait and how often to look, in milliseconds. The dag-processor parses a file every half minute; many of them take a while. */
const PATIENCE = { healthy: 180_000, imported: 120_000, interval: 1_000 };
type Patience = typeof PATIENCE;

/** What the health page shows now; undefined when it cannot be asked. */
export async function healthOf(url: string): Promise<Health | undefined> {
  if (pulumi.runtime.isDryRun()) return undefined;
  return requestJson<Health>(`${url}/api/v2/monitor/health`).catch(() => undefined);
}

/** Fails the update unless every part of Airflow is healthy, with a new heartbeat where it changed, and no DAG file fails. */
export async function assertAirflowWorks(
  airflow: DeployedAirflow,
  patience = PATIENCE,
): Promise<void> {
  if (pulumi.runtime.isDryRun()) return;
  await untilHealthy(airflow, patience);
  await untilImported(airflow, patience);
}

async function untilHealthy(airflow: DeployedAirflow, patience: Patience): Promise<void> {
  const { url, containers } = airflow;
  let { before } = airflow;
  let ailing: Part[] = [];
  const look = async () => {
    const health = await requestJson<Health>(`${url}/api/v2/monitor/health`);
    before ??= health;
    ailing = PARTS.filter((part) => !works(part, health, containers[part].changed && before));
    return ailing.length === 0 ? health : `${ailing.join(", ")} not healthy yet`;
  };
  const { healthy: timeout, interval } = patience;
  await waitFor("A healthy Airflow", look, { timeout, interval, onWaiting: tell }).catch(
    (error: Error) => fail(error, containers[ailing[0] ?? "metadatabase"]),
  );
}

async function fail({ message }: Error, container: DeployedContainer): Promise<never> {
  const log = await describeLog(container);
  throw new UpdateFailed(`${message}\nSee to the container ${container.name}. ${log}`);
}

/** Healthy, and with another heartbeat than before, whatever the clocks say: that one was the former version's. */
function works(part: Part, health: Health, before?: Health | false): boolean {
  const heartbeat = HEARTBEATS[part];
  if (health[part]?.status !== "healthy") return false;
  return (
    !before || heartbeat === undefined || health[part][heartbeat] !== before[part]?.[heartbeat]
  );
}

interface ImportErrors {
  readonly import_errors: { readonly filename: string; readonly stack_trace: string }[];
}

async function untilImported(airflow: DeployedAirflow, patience: Patience): Promise<void> {
  const { imported: timeout, interval } = patience;
  const waiting = { timeout, interval, onWaiting: tell };
  const { metadatabase, dag_processor } = airflow.containers;
  const { token } = await waitFor("A login to Airflow", () => logIn(airflow), waiting).catch(
    (error: Error) => fail(error, metadatabase),
  );
  if (token === undefined) return;
  const look = async () => {
    const headers = { Authorization: `Bearer ${token}` };
    const found = await requestJson<ImportErrors>(`${airflow.url}/api/v2/importErrors`, {
      headers,
    });
    const failing = found.import_errors.map(summary);
    return failing.length === 0 ? found : `DAG files fail: ${failing.join("; ")}`;
  };
  await waitFor("DAGs without import errors", look, waiting).catch((error: Error) => {
    throw new UpdateFailed(
      `${error.message}\nThe container ${dag_processor.name} runs, but not these DAGs: mend them, or what they need, and run \`pulumi up\` again.`,
    );
  });
}

function summary({ filename, stack_trace }: ImportErrors["import_errors"][number]): string {
  return `${filename} (${stack_trace.trim().split("\n").pop()})`;
}

/** A token of the first account; without one, with a warning, where that account cannot log in any more. */
async function logIn({ url, username, password }: DeployedAirflow): Promise<{ token?: string }> {
  try {
    const { access_token: token } = await requestJson<{ access_token: string }>(
      `${url}/auth/token`,
      { method: "POST", body: { username, password } },
    );
    return { token };
  } catch (error) {
    if (!(error instanceof RequestFailed) || error.status >= 500) throw error;
    await pulumi.log.warn(
      `Whether the DAGs can be imported was not checked: ${username} cannot log in (${error.message}).`,
    );
    return {};
  }
}

function tell(waiting: string): void {
  void pulumi.log.info(`Waiting for Airflow: ${waiting}`);
}
