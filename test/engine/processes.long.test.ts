import { Stack } from "@pulumi/pulumi/automation";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { waitFor } from "../../components/gate/waitFor";
import { AirflowApi } from "../../scripts/airflowApi";
import { Emulator } from "../../scripts/emulator";
import { PulumiProject } from "../../scripts/pulumiProject";
import { setUp } from "../../tools/setup";
import { docker, signalAirflow } from "../airflow/containers";

const MINUTE = 60_000;
const DETECTED = 90;
const folder = mkdtempSync(join(tmpdir(), "airflow-processes-"));
const table: object[] = [];
let emulator: Emulator;
let airflow: AirflowApi;

beforeAll(async () => {
  const toolbox = await setUp();
  Object.assign(process.env, toolbox.engine);
  emulator = await Emulator.start(folder, toolbox);
  const project = new PulumiProject(folder, emulator.env);
  const stack: Stack = await project.stack("preprod", {
    "airflow:baseImage": toolbox.images.airflow,
  });
  const { outputs } = await stack.up();
  const { local_url } = await emulator.container("lvao-preprod", "lvao-airflow-webserver");
  airflow = new AirflowApi(local_url, {
    username: outputs.adminUsername!.value,
    password: outputs.adminPassword!.value,
  });
}, 30 * MINUTE);

afterAll(async () => {
  process.stdout.write(`${JSON.stringify(table, undefined, 1)}\n`);
  await emulator.erase();
  rmSync(folder, { recursive: true, force: true });
}, 2 * MINUTE);

/** Every part with a heartbeat, so that a case begins where the one before has ended. */
async function untilHealthy(): Promise<void> {
  await waitFor(
    "Every part of Airflow",
    async () => {
      const health = await airflow.call<Record<string, { status: string }>>(
        "GET",
        "/api/v2/monitor/health",
      );
      const ailing = Object.keys(health).filter((part) => health[part]!.status !== "healthy");
      return ailing.length === 0 ? health : `${ailing.join(", ")} not healthy`;
    },
    { timeout: 3 * MINUTE },
  );
}

const seconds = (since: number) => Math.round((Date.now() - since) / 1_000);
const startedAt = (container: string) =>
  docker("inspect", "--format={{.State.StartedAt}}", container);

const parts = [
  ["api-server", "lvao-airflow-webserver"],
  ["scheduler", "lvao-airflow-scheduler"],
  ["dag-processor", "lvao-airflow-scheduler"],
  ["triggerer", "lvao-airflow-scheduler"],
] as const;
const cases = (["KILL", "STOP"] as const).flatMap((signal) =>
  parts.map(([process, name]) => [signal, process, name] as const),
);

beforeEach(untilHealthy, 4 * MINUTE);

test.each(cases)(
  "kill -%s of the %s restarts its container in time, and DAGs run again",
  async (signal, process, name) => {
    const { docker_container: container } = await emulator.container("lvao-preprod", name);
    const before = await startedAt(container!);
    const kill = async () => ({ printed: await signalAirflow(container!, process, signal) });
    await waitFor(`The ${process}`, kill, { timeout: MINUTE });
    const begun = Date.now();
    await waitFor(
      `A restart of ${name}`,
      async () => {
        const now = await startedAt(container!);
        return now === before ? `it runs since ${before}` : { now };
      },
      { timeout: 3 * MINUTE },
    );
    const detected = seconds(begun);
    const runDag = () => airflow.runDag("ingest_repair_actors", 3 * MINUTE);
    const { state } = await waitFor("A DAG run", runDag, { timeout: 5 * MINUTE });
    table.push({ signal, process, detected, running: seconds(begun) });
    expect(detected).toBeLessThanOrEqual(DETECTED);
    expect(state).toBe("success");
  },
  10 * MINUTE,
);
