import { Stack } from "@pulumi/pulumi/automation";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { RotatedSecret, rotatedSecrets } from "../../components/rotation";
import { AirflowApi } from "../../scripts/airflowApi";
import { Emulator } from "../../scripts/emulator";
import { PulumiProject } from "../../scripts/pulumiProject";
import { waitFor } from "../../components/gate/waitFor";
import { setUp, Toolbox } from "../../tools/setup";
import { dockerClient } from "../../tools/docker";
import { run } from "../../tools/shell";
import { RotationWatch, Watched } from "./rotationWatch";

const MINUTE = 60_000;
const folder = mkdtempSync(join(tmpdir(), "airflow-rotation-"));
/** By rotation: what was seen, and how long the update and the whole rotation took. */
const table: Record<string, Watched & { updated: number; rotated: number }> = {};
let toolbox: Toolbox;
let emulator: Emulator;
let project: PulumiProject;
let stack: Stack;

beforeAll(async () => {
  toolbox = await setUp();
  Object.assign(process.env, toolbox.engine);
  emulator = await Emulator.start(folder, toolbox);
  project = new PulumiProject(folder, emulator.env);
  cpSync("airflow", join(project.folder, "with-test-dag"), { recursive: true });
  cpSync("test/engine/dags", join(project.folder, "with-test-dag", "dags"), { recursive: true });
  stack = await project.stack("preprod", {
    "airflow:baseImage": toolbox.images.airflow,
    "airflow:context": "with-test-dag",
  });
  await stack.up();
  const airflow = await airflowApi();
  await airflow.logIn();
  const connection = { connection_id: "store", conn_type: "http", password: "hush-hush" };
  await airflow.call("POST", "/api/v2/connections", connection);
  await airflow.call("POST", "/api/v2/variables", { key: "name", value: "kept" });
  await waitFor(
    "The test DAG",
    () => airflow.call<object>("PATCH", "/api/v2/dags/sixty_short_tasks", { is_paused: false }),
    { timeout: 3 * MINUTE },
  );
}, 40 * MINUTE);

afterAll(async () => {
  console.table(table);
  await emulator.erase();
  rmSync(folder, { recursive: true, force: true });
}, 3 * MINUTE);

/** Airflow's API with the account that the stack's outputs name. */
async function airflowApi(): Promise<AirflowApi> {
  const { adminUsername, adminPassword } = await stack.outputs();
  const { local_url: url } = await emulator.container("lvao-preprod", "lvao-airflow-webserver");
  return new AirflowApi(url, { username: adminUsername!.value, password: adminPassword!.value });
}

/** Rotates while the DAG runs, again and again. */
async function whileTasksRun(what: string, rotate: () => Promise<unknown>): Promise<Watched> {
  const watch = await RotationWatch.begin(await airflowApi());
  const begun = Date.now();
  const elapsed = () => Math.round((Date.now() - begun) / 1_000);
  await rotate();
  const updated = elapsed();
  await waitFor("The end of the rotation", rotationState, { timeout: 5 * MINUTE });
  const rotated = elapsed();
  const watched = await watch.end(await airflowApi());
  table[what] = { ...watched, updated, rotated };
  process.stderr.write(`${what}: ${JSON.stringify(table[what])}\n`);
  return watched;
}

async function rotationState(): Promise<object | string> {
  const { docker_container } = await emulator.container("lvao-preprod", "lvao-airflow-scheduler");
  const logs = await run(await dockerClient(), ["logs", docker_container!]);
  return logs.includes("Rotation: done") ? { logs } : "it goes on";
}

async function raise(secret: RotatedSecret | "all", generation: number): Promise<void> {
  await stack.setConfig(`airflow:rotation.${secret}`, { value: String(generation) });
}

const nothingLost = { failed: 0, unreadable: 0, refused: 0 };

// The Fernet key is first: from then on the scheduler says when a rotation has ended.
test.each(rotatedSecrets)(
  "%s is made anew while tasks run: none fails, every connection stays readable",
  async (secret) => {
    await raise(secret, 2);
    expect(await whileTasksRun(secret, () => stack.up())).toMatchObject(nothingLost);
  },
  20 * MINUTE,
);

test(
  "so are all at once",
  async () => {
    await raise("all", 2);
    expect(await whileTasksRun("all", () => stack.up())).toMatchObject(nothingLost);
  },
  20 * MINUTE,
);

test(
  "a rotation that was killed midway is run again",
  async () => {
    await raise("all", 3);
    const rotate = async () => {
      await killedMidway();
      await stack.cancel();
      await stack.up();
    };
    expect(await whileTasksRun("killed, again", rotate)).toMatchObject(nothingLost);
  },
  25 * MINUTE,
);

/** Starts `pulumi up` and kills it when the first container has been replaced. */
async function killedMidway(): Promise<void> {
  const idOf = async () =>
    (await emulator.container("lvao-preprod", "lvao-airflow-webserver")).docker_container;
  const before = await idOf();
  const up = spawn("pulumi", ["up", "--yes", "--non-interactive", "--stack", "preprod"], {
    cwd: project.folder,
    env: { ...process.env, ...project.env },
    detached: true,
    stdio: "ignore",
  });
  const gone = once(up, "exit");
  while (up.exitCode === null && (await idOf()) === before) await delay(500);
  process.kill(-up.pid!, "SIGKILL");
  await gone;
}
