import { Stack } from "@pulumi/pulumi/automation";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { waitFor } from "../../components/gate/waitFor";
import { AirflowApi } from "../../scripts/airflowApi";
import { Emulator } from "../../scripts/emulator";
import { PulumiProject } from "../../scripts/pulumiProject";
import { ScalewayApi } from "../../scripts/scalewayApi";
import { dockerClient } from "../../tools/docker";
import { setUp } from "../../tools/setup";
import { CommandFailed, run } from "../../tools/shell";

const DAG = "ingest_repair_actors";
const MINUTE = 60_000;
const rdb = "/rdb/v1/regions/fr-par";
const tables = `
import json, sys
sys.path.insert(0, "/opt/airflow/start")
from database import connect
cursor = connect().cursor()
cursor.execute(sys.argv[1])
print(json.dumps(cursor.fetchall()))`;
const owners = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'";
const connections = `SELECT count(*) FROM pg_stat_activity WHERE usename = current_user`;
const folder = mkdtempSync(join(tmpdir(), "airflow-restore-"));
let emulator: Emulator;
let project: PulumiProject;
let stack: Stack;
let api: ScalewayApi;
let airflow: AirflowApi;
let instance: string;

beforeAll(async () => {
  const toolbox = await setUp();
  Object.assign(process.env, toolbox.engine);
  emulator = await Emulator.start(folder, toolbox);
  project = new PulumiProject(folder, emulator.env);
  api = new ScalewayApi(emulator.env);
  stack = await project.stack("preprod", { "airflow:baseImage": toolbox.images.airflow });
  await stack.up();
  const { local_url: url } = await emulator.container("lvao-preprod", "lvao-airflow-webserver");
  const { adminUsername, adminPassword } = await stack.outputs();
  airflow = new AirflowApi(url, {
    username: adminUsername!.value,
    password: adminPassword!.value,
  });
  const { instances } = await api.call<{ instances: { id: string }[] }>("GET", `${rdb}/instances`);
  instance = instances[0]!.id;
}, 40 * MINUTE);

afterAll(async () => {
  await emulator?.erase();
  rmSync(folder, { recursive: true, force: true });
}, 3 * MINUTE);

/** What one of the commands prints on both streams. */
async function command(script: "backup" | "restore", ...args: string[]): Promise<string> {
  const lines: string[] = [];
  const own = [join(__dirname, "../../scripts", `${script}.ts`), "--stack=preprod"];
  await run(process.execPath, ["--import", "tsx", ...own, `--cwd=${project.folder}`, ...args], {
    env: project.env,
    onLine: (line) => lines.push(line),
  });
  return lines.join("\n");
}

/** The rows that a query gives to Airflow's user, asked in the scheduler's container. */
async function query(sql: string): Promise<unknown[][]> {
  const { docker_container } = await emulator.container("lvao-preprod", "lvao-airflow-scheduler");
  const inside = ["exec", docker_container!, "python", "-c", tables, sql];
  return JSON.parse(await run(await dockerClient(), inside)) as unknown[][];
}

/** Waits until database, scheduler, triggerer and dag-processor are all healthy. */
const untilHealthy = () =>
  waitFor(
    "A healthy Airflow",
    async () => {
      const health = await airflow.call<Record<string, { status: string }>>(
        "GET",
        "/api/v2/monitor/health",
      );
      const parts = ["metadatabase", "scheduler", "triggerer", "dag_processor"];
      const ailing = parts.filter((part) => health[part]?.status !== "healthy");
      return ailing.length === 0 ? health : `not healthy yet: ${ailing.join(", ")}`;
    },
    { timeout: 4 * MINUTE },
  );

const dropDatabase = () =>
  api.call("DELETE", `${rdb}/instances/${instance}/databases/lvao-preprod-airflow`);

test(
  "without a backup, restore says how to make one",
  async () => {
    const failure = await command("restore").catch((error: CommandFailed) => error.output);
    expect(failure).toMatch(/There is no backup of .+; make one with `npm run backup`/);
  },
  MINUTE,
);

test(
  "a dropped database comes back from its backup, with the history of its DAGs, owned by Airflow's user",
  async () => {
    const before = await airflow.runDag(DAG, 5 * MINUTE);
    expect(before.state).toBe("success");
    expect(await query(owners)).toEqual([["airflow"]]);
    process.stderr.write(`connections of Airflow: ${JSON.stringify(await query(connections))}\n`);
    expect(await command("backup")).toMatch(/\d+ bytes in another region, kept for 30 days/);
    const history = await airflow.dagRuns(DAG);

    await dropDatabase();
    const planned = await command("restore");
    expect(planned).toMatch(/would be done: Making lvao-preprod-airflow from the backup/);
    expect(planned).not.toMatch(/Deleting/);
    await expect(query(owners)).rejects.toThrow(/does not exist/);

    expect(await command("restore", "--apply")).toMatch(/Restored: Airflow is back/);
    await untilHealthy();
    expect(await airflow.dagRuns(DAG)).toEqual(history);
    expect(history.length).toBeGreaterThan(0);
    expect(await query(owners)).toEqual([["airflow"]]);
  },
  20 * MINUTE,
);

test(
  "an environment is taken back to a backup, and what it had since is kept as another",
  async () => {
    const history = await airflow.dagRuns(DAG);
    expect((await airflow.runDag(DAG, 5 * MINUTE)).state).toBe("success");
    expect(await airflow.dagRuns(DAG)).toHaveLength(history.length + 1);
    expect(await command("restore", "--apply")).toMatch(/Keeping what is in it as the backup/);
    await untilHealthy();
    expect(await airflow.dagRuns(DAG)).toEqual(history);
    expect(String((await emulator.resources()).database_backups)).toMatch(/before-restore-/);
  },
  20 * MINUTE,
);

test(
  "a public endpoint lets in whom the list names, and nobody once the list is gone",
  async () => {
    const list = "airflow:database.publicAccess[0]";
    const path = "airflow:database.publicAccess";
    const { docker_container } = await emulator.container("lvao-preprod", "lvao-airflow-scheduler");
    await stack.setConfig(list, { value: "198.51.100.0/24" }, true);
    await stack.up();
    const endpoint = (await stack.outputs()).databasePublicEndpoint!.value as string;
    const [host, port] = endpoint.split(":");
    const knock = async () => {
      const client = new Client({ host, port: Number(port), user: "airflow", password: "wrong" });
      await client.connect();
    };
    await expect(knock()).rejects.toThrow(/no pg_hba.conf entry/);
    await stack.setConfig(list, { value: `${host}/32` }, true);
    await stack.up();
    await expect(knock()).rejects.toThrow(/password authentication failed/);
    await stack.removeConfig(path, true);
    await stack.up();
    expect((await stack.outputs()).databasePublicEndpoint!.value).toBe("");
    await expect(knock()).rejects.toThrow(/no pg_hba.conf entry/);
    const after = await emulator.container("lvao-preprod", "lvao-airflow-scheduler");
    expect(after.docker_container).toBe(docker_container);
    await untilHealthy();
  },
  5 * MINUTE,
);

test(
  "an instance that is gone with all that was in it comes back, too",
  async () => {
    const history = await airflow.dagRuns(DAG);
    await command("backup");
    await api.call("DELETE", `${rdb}/instances/${instance}`);
    await stack.refresh();
    await stack.up();
    expect(await command("restore", "--apply")).toMatch(/Restored: Airflow is back/);
    await untilHealthy();
    expect(await airflow.dagRuns(DAG)).toEqual(history);
  },
  20 * MINUTE,
);

test(
  "Pulumi finds the environment as it left it, and it runs a DAG",
  async () => {
    await stack.refresh({ expectNoChanges: true });
    await stack.up({ expectNoChanges: true });
    expect((await airflow.runDag(DAG, 5 * MINUTE)).state).toBe("success");
  },
  10 * MINUTE,
);
