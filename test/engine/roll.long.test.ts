import { Stack } from "@pulumi/pulumi/automation";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { waitFor } from "../../components/gate/waitFor";
import { AirflowApi } from "../../scripts/airflowApi";
import { Emulator } from "../../scripts/emulator";
import { PulumiProject } from "../../scripts/pulumiProject";
import { setUp } from "../../tools/setup";

const MINUTE = 60_000;
const DAG = "/api/v2/dags/long_and_short";
const TASKS = 69;
const folder = mkdtempSync(join(tmpdir(), "airflow-roll-"));
const table: Record<string, object> = {};
let emulator: Emulator;
let stack: Stack;
let airflow: AirflowApi;

interface TaskInstance {
  readonly task_id: string;
  readonly state: string | null;
  readonly try_number: number;
}

beforeAll(async () => {
  const toolbox = await setUp();
  Object.assign(process.env, toolbox.engine);
  emulator = await Emulator.start(folder, toolbox);
  const project = new PulumiProject(folder, emulator.env);
  cpSync("airflow", join(project.folder, "with-test-dag"), { recursive: true });
  cpSync("test/engine/dags", join(project.folder, "with-test-dag", "dags"), { recursive: true });
  stack = await project.stack("preprod", {
    "airflow:baseImage": toolbox.images.airflow,
    "airflow:context": "with-test-dag",
  });
  await stack.up();
  const { adminUsername, adminPassword } = await stack.outputs();
  const { local_url } = await emulator.container("lvao-preprod", "lvao-airflow-webserver");
  airflow = new AirflowApi(local_url, {
    username: adminUsername!.value,
    password: adminPassword!.value,
  });
  await airflow.logIn();
  await waitFor("The DAG", () => airflow.call<object>("PATCH", DAG, { is_paused: false }), {
    timeout: 3 * MINUTE,
  });
}, 40 * MINUTE);

afterAll(async () => {
  console.table(table);
  await emulator.erase();
  rmSync(folder, { recursive: true, force: true });
}, 3 * MINUTE);

const tasksOf = async (run: string) =>
  (await airflow.call<{ task_instances: TaskInstance[] }>("GET", `${run}/taskInstances?limit=100`))
    .task_instances;

/** Starts a run and gives its path, once its long tasks and some of the short ones run. */
async function startRun(): Promise<string> {
  const { dag_run_id } = await airflow.call<{ dag_run_id: string }>("POST", `${DAG}/dagRuns`, {
    logical_date: null,
  });
  const run = `${DAG}/dagRuns/${encodeURIComponent(dag_run_id)}`;
  await waitFor(
    "Tasks that run",
    async () => {
      const tasks = await tasksOf(run);
      const running = new Set(
        tasks.flatMap(({ task_id, state }) => (state === "running" ? [task_id] : [])),
      );
      return running.size === 3 ? { running } : `${running.size} kinds run`;
    },
    { timeout: 2 * MINUTE },
  );
  return run;
}

async function untilEnded(run: string): Promise<TaskInstance[]> {
  await waitFor(
    "The end of the run",
    async () => {
      const { state } = await airflow.call<{ state: string }>("GET", run);
      return state === "success" || state === "failed" ? { state } : `it is ${state}`;
    },
    { timeout: 8 * MINUTE },
  );
  return tasksOf(run);
}

const repeated = (tasks: TaskInstance[]) =>
  tasks.filter(({ try_number }) => try_number > 1).map(({ task_id }) => task_id);

// The supervisor leaves 25 s to tasks; a platform may leave more than that, or nothing.
test.each([
  [30, ["long"]],
  [0, undefined],
])(
  "the scheduler is replaced with %i s to end: every task succeeds, what was cut is started again",
  async (grace, expected) => {
    await emulator.setGrace(grace);
    await stack.setConfig("airflow:variables.scheduler.ROLL", { value: String(grace) }, true);
    const run = await startRun();
    const begun = Date.now();
    await stack.up();
    const tasks = await untilEnded(run);
    const again = repeated(tasks);
    table[`${grace} s`] = {
      tasks: tasks.length,
      failed: tasks.filter(({ state }) => state !== "success").length,
      again: again.length,
      tries: Math.max(...tasks.map(({ try_number }) => try_number)),
      seconds: Math.round((Date.now() - begun) / 1_000),
    };
    process.stderr.write(`${grace} s: ${JSON.stringify(table[`${grace} s`])} ${again.join()}\n`);
    expect(tasks).toHaveLength(TASKS);
    expect(tasks.map(({ state }) => state)).toEqual(tasks.map(() => "success"));
    expect(again).toContain("long");
    if (expected) expect(again).toEqual(expected);
  },
  15 * MINUTE,
);
