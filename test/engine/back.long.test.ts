import { Stack } from "@pulumi/pulumi/automation";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AirflowApi } from "../../scripts/airflowApi";
import { Emulator } from "../../scripts/emulator";
import { PulumiProject } from "../../scripts/pulumiProject";
import { ensureAirflowImage } from "../../tools/baseImages";
import { dockerClient } from "../../tools/docker";
import { setUp } from "../../tools/setup";
import { CommandFailed, run } from "../../tools/shell";
import { copyForAirflow } from "../airflow/formerAirflow";
import { Prober } from "./prober";

const DAG = "ingest_repair_actors";
const FORMER = "3.2.2";
const MINUTE = 60_000;
const folder = mkdtempSync(join(tmpdir(), "airflow-back-"));
/** For how long nothing of Airflow ran: from the end of the last scheduler but one to the start of the last. */
const pause = `
import sys
sys.path.insert(0, "/opt/airflow/start")
from database import connect
cursor = connect().cursor()
cursor.execute("SELECT start_date, latest_heartbeat FROM job WHERE job_type = 'SchedulerJob' ORDER BY start_date DESC LIMIT 2")
(begun, _), (_, ended) = cursor.fetchall()
print(round((begun - ended).total_seconds()))`;
const ran: string[] = [];
const table: Record<string, number> = {};
let emulator: Emulator;
let project: PulumiProject;
let stack: Stack;
let versions: Record<"former" | "newer", Record<string, string>>;

beforeAll(async () => {
  const toolbox = await setUp();
  Object.assign(process.env, toolbox.engine);
  const { airflow, debian } = toolbox.images;
  emulator = await Emulator.start(folder, toolbox);
  project = new PulumiProject(folder, emulator.env);
  await copyForAirflow(FORMER, join(project.folder, "former"), toolbox.images);
  versions = {
    former: { baseImage: await ensureAirflowImage(debian, FORMER), context: "former" },
    newer: { baseImage: airflow, context: "airflow" },
  };
  stack = await project.stack("preprod", {
    // Tasks of Airflow 3.2 trust no authority of the machine; the emulator's is one.
    "airflow:variables.scheduler.AIRFLOW__API__SSL_CERT": "/etc/ssl/certs/ca-certificates.crt",
  });
}, 30 * MINUTE);

afterAll(async () => {
  console.table(table);
  await emulator.erase();
  rmSync(folder, { recursive: true, force: true });
}, 3 * MINUTE);

/** Sets which version is deployed next, as checking out another commit does. */
async function checkOut(version: "former" | "newer"): Promise<void> {
  for (const [key, value] of Object.entries(versions[version])) {
    await stack.setConfig(`airflow:${key}`, { value });
  }
}

async function up(): Promise<string> {
  const begun = Date.now();
  let output = "";
  try {
    await stack.up({ onOutput: (text) => (output += text) });
  } catch {
    output += "\nFAILED";
  }
  process.stderr.write(`up: ${Math.round((Date.now() - begun) / 1_000)} s\n`);
  return output;
}

async function webserver(): Promise<string> {
  return (await emulator.container("lvao-preprod", "lvao-airflow-webserver")).local_url;
}

async function airflowApi(): Promise<AirflowApi> {
  const { adminUsername, adminPassword } = await stack.outputs();
  const account = { username: adminUsername!.value, password: adminPassword!.value };
  return new AirflowApi(await webserver(), account);
}

/** Runs the DAG, and expects it and every run before to be there. */
async function runDag(): Promise<void> {
  const airflow = await airflowApi();
  const { runId, state } = await airflow.runDag(DAG, 5 * MINUTE);
  expect(state).toBe("success");
  ran.push(runId);
  const history = await airflow.dagRuns(DAG);
  const own = history.filter(({ dag_run_id }) => ran.includes(dag_run_id));
  expect(own).toEqual(ran.map((dag_run_id) => ({ dag_run_id, state: "success" })));
}

async function version(): Promise<string> {
  return (await (await airflowApi()).call<{ version: string }>("GET", "/api/v2/version")).version;
}

/** What the command prints on both streams. */
async function back(...args: string[]): Promise<string> {
  const lines: string[] = [];
  const script = [join(__dirname, "../../scripts/back.ts"), "--stack=preprod"];
  await run(process.execPath, ["--import", "tsx", ...script, `--cwd=${project.folder}`, ...args], {
    env: project.env,
    onLine: (line) => lines.push(line),
  });
  return lines.join("\n");
}

test(
  "an Airflow, then a newer one: each runs the DAG",
  async () => {
    await checkOut("former");
    expect(await up()).not.toContain("FAILED");
    expect(await version()).toBe(FORMER);
    await runDag();
    await checkOut("newer");
    expect(await up()).not.toContain("FAILED");
    expect(await version()).not.toBe(FORMER);
    await runDag();
  },
  40 * MINUTE,
);

test(
  "the former images alone are refused with the command to type, and the newer Airflow goes on",
  async () => {
    await checkOut("former");
    const prober = new Prober(`${await webserver()}/api/v2/monitor/health`);
    const output = await up();
    prober.stop();
    expect(output).toMatch(/FAILED$/);
    expect(output).toMatch(
      new RegExp(`npm run back -- --stack <stack> --airflow ${FORMER} --fab \\d`),
    );
    expect(prober.failures).toEqual([]);
    await runDag();
  },
  15 * MINUTE,
);

test(
  "going back needs an older version and a backup",
  async () => {
    await checkOut("newer");
    const refusal = async (...args: string[]) =>
      back(...args).catch((error: CommandFailed) => error.output);
    expect(await refusal("--airflow=3.3.2", "--no-backup")).toMatch(/3.3.2 is not older than/);
    await stack.setConfig("airflow:downgrade.airflow", { value: FORMER }, true);
    await stack.setConfig("airflow:downgrade.backup", { value: "made-up" }, true);
    expect(await up()).toMatch(/backup: made-up will not do: .+ Nothing was stopped/);
    await stack.removeConfig("airflow:downgrade");
  },
  10 * MINUTE,
);

test(
  "the database goes back, then the former Airflow runs, with the history of both",
  async () => {
    const prober = new Prober(`${await webserver()}/api/v2/monitor/health`);
    expect(await back(`--airflow=${FORMER}`)).toMatch(/nothing of Airflow runs\. Now deploy/);
    expect((await fetch(`${await webserver()}/api/v2/monitor/health`)).status).toBe(503);
    await checkOut("former");
    expect(await up()).not.toContain("FAILED");
    prober.stop();
    expect(await version()).toBe(FORMER);
    await runDag();
    const { docker_container } = await emulator.container("lvao-preprod", "lvao-airflow-scheduler");
    const inside = ["exec", docker_container!, "python", "-c", pause];
    table["interface down, s"] = prober.failures.length;
    table["scheduler down, s"] = Number(await run(await dockerClient(), inside));
  },
  30 * MINUTE,
);

test(
  "and forward again",
  async () => {
    await checkOut("newer");
    expect(await up()).not.toContain("FAILED");
    await runDag();
    await stack.up({ expectNoChanges: true });
  },
  20 * MINUTE,
);
