import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { waitFor } from "../components/gate/waitFor";
import { AirflowApi } from "../scripts/airflowApi";
import { Bench, Way } from "./way";

const DAG = "ingest_repair_actors";
const MINUTE = 60_000;

/** What one change of a DAG took. */
export interface Measurement {
  /** From the saved file to the end of a run of it. */
  readonly seconds: number;
  /** Of these, until the way called it deployed. */
  readonly deployment: number;
  /** What came to the registry that it did not have. */
  readonly bytesPushed: number;
  readonly containersRolled: number;
}

/** Changes one line of a DAG, and deploys and runs it in one of the ways. */
export async function measure(way: Way, bench: Bench, marker: string): Promise<Measurement> {
  const airflow = await airflowOf(way, bench);
  const before = { bytes: bytesIn(bench), containers: await runningOf(way, bench) };
  editDag(bench.context, marker);
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1_000;
  await way.deploy();
  const deployment = seconds();
  await runVersion(airflow, marker);
  return {
    seconds: seconds(),
    deployment,
    bytesPushed: bytesIn(bench) - before.bytes,
    containersRolled: (await runningOf(way, bench)).filter((it) => !before.containers.includes(it))
      .length,
  };
}

/** Brings DAG and webserver into the state in which the people who write DAGs find them: run before, and not paused. */
export async function warmUp(way: Way, bench: Bench): Promise<void> {
  await (await airflowOf(way, bench)).runDag(DAG, 5 * MINUTE);
}

async function airflowOf(way: Way, { emulator }: Bench): Promise<AirflowApi> {
  const { local_url } = await emulator.container(...way.containers[0]!);
  return new AirflowApi(local_url, way.account);
}

/** Another tag of the DAG, by which its new version is known. */
function editDag(context: string, marker: string): void {
  const file = join(context, "dags", `${DAG}.py`);
  const changed = readFileSync(file, "utf8").replace(/tags=\[.*?\]/, `tags=["${marker}"]`);
  writeFileSync(file, changed);
}

/** Waits until Airflow has parsed the new version, runs it, and waits for the end of that. */
async function runVersion(airflow: AirflowApi, marker: string): Promise<void> {
  await airflow.logIn();
  const look = async () => {
    const dag = await airflow.call<{ tags: { name: string }[] }>("GET", `/api/v2/dags/${DAG}`);
    return dag.tags.some(({ name }) => name === marker) ? dag : "the version before";
  };
  await waitFor("The new version of the DAG", look, { timeout: 10 * MINUTE, interval: 250 });
  const { state } = await airflow.runDag(DAG, 5 * MINUTE);
  if (state !== "success") throw new Error(`The run of ${DAG} ended with ${state}`);
}

function runningOf(way: Way, { emulator }: Bench): Promise<(string | null)[]> {
  return Promise.all(
    way.containers.map(async (it) => (await emulator.container(...it)).docker_container),
  );
}

/** The size of every layer, configuration and manifest in the emulated registry. */
function bytesIn({ blobs }: Bench): number {
  return readdirSync(blobs, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("/data"))
    .reduce((sum, path) => sum + statSync(join(blobs, path)).size, 0);
}
