import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AirflowApi, FinishedRun } from "../../../scripts/airflowApi";
import { Emulator } from "../../../scripts/emulator";
import { readTaskLogs, s3Client } from "../../../scripts/logs";
import { PulumiProject } from "../../../scripts/pulumiProject";
import { setUp, Toolbox } from "../../../tools/setup";
import { dockerClient } from "../../../tools/docker";
import { run } from "../../../tools/shell";
import { adopt, adoptedStack } from "./adopt";
import { TerraformedPlatform } from "./terraformedPlatform";

const MINUTE = 60_000;
const DAG = "ingest_repair_actors";
const BUCKET = "lvao-preprod-airflow";
const CONNECTION = "made_before";
const folder = mkdtempSync(join(tmpdir(), "airflow-adopt-"));
let toolbox: Toolbox;
let emulator: Emulator;
let project: PulumiProject;
let platform: TerraformedPlatform;
let runBefore: FinishedRun;
let objectsBefore: Record<string, string>;
let existedBefore: Record<string, string[]>;

beforeAll(async () => {
  toolbox = await setUp();
  Object.assign(process.env, toolbox.engine);
  emulator = await Emulator.start(folder, toolbox);
  project = new PulumiProject(folder, emulator.env);
  platform = await TerraformedPlatform.make(folder, emulator, toolbox.images.airflow);
}, 45 * MINUTE);

afterAll(async () => {
  await emulator.erase();
  rmSync(folder, { recursive: true, force: true });
}, 2 * MINUTE);

async function airflow(password: string): Promise<AirflowApi> {
  const { local_url } = await emulator.container("lvao-preprod", "lvao-airflow-webserver");
  return new AirflowApi(local_url, { username: "admin", password });
}

/** What is in the log bucket, by key: another content has another tag. */
async function objects(): Promise<Record<string, string>> {
  const list = new ListObjectsV2Command({ Bucket: BUCKET });
  const { Contents = [] } = await s3Client(emulator.env).send(list);
  return Object.fromEntries(Contents.map(({ Key, ETag }) => [Key!, ETag!]));
}

/** What exists, without what a deployment may add. */
async function whatExists(): Promise<Record<string, string[]>> {
  const { docker, ...kinds } = await emulator.resources();
  expect(docker.containers.length).toBeGreaterThan(0);
  return kinds as Record<string, string[]>;
}

/** The password of a connection, as a task in a container reads it. */
async function passwordOf(connection: string): Promise<string> {
  const { docker_container } = await emulator.container("lvao-preprod", "lvao-airflow-scheduler");
  const script = `from airflow.models import Connection; from airflow.settings import Session
print("password", Session().query(Connection).filter_by(conn_id="${connection}").one().get_password())`;
  const printed = await run(await dockerClient(), [
    ...["exec", docker_container!, "/entrypoint", "python", "-c", script],
  ]);
  return /^password (.*)$/m.exec(printed)![1]!;
}

test(
  "there is an Airflow with a history, made by Terraform",
  async () => {
    const api = await airflow(platform.adminPassword);
    runBefore = await api.runDag(DAG, 5 * MINUTE);
    expect(runBefore.state).toBe("success");
    await readTaskLogs(s3Client(emulator.env), BUCKET, runBefore);
    const connection = { connection_id: CONNECTION, conn_type: "http", password: "of before" };
    await api.call("POST", "/api/v2/connections", connection);
    expect(await passwordOf(CONNECTION)).toBe("of before");
    objectsBefore = await objects();
    existedBefore = await whatExists();
  },
  10 * MINUTE,
);

test(
  "it is rehearsed, and taken over: nothing is deleted or replaced",
  async () => {
    const sources = [`--state=${platform.stateFile}`, `--secrets=${platform.secretsFile}`];
    const rehearsed = await adopt(project, ...sources);
    const printed = await adopt(project, ...sources, "--apply");
    process.stderr.write(printed);
    expect(printed).toMatch(/In all: 0 deleted or replaced, \d+ updated/);
    expect(rehearsed).toContain(printed);
    expect(await whatExists()).toEqual(existedBefore);
  },
  10 * MINUTE,
);

test(
  "it is deployed: the same things go on, and a DAG runs",
  async () => {
    const stack = await adoptedStack(project, { "airflow:baseImage": toolbox.images.airflow });
    const { summary } = await stack.up({ onOutput: (text) => process.stderr.write(text) });
    expect(summary.resourceChanges).not.toHaveProperty("delete");
    expect(summary.resourceChanges).not.toHaveProperty("replace");
    const after = await whatExists();
    for (const [kind, names] of Object.entries(existedBefore))
      expect(after[kind]).toEqual(expect.arrayContaining(names));
    const { adminPassword } = await stack.outputs();
    const api = await airflow(adminPassword!.value as string);
    const { state } = await api.runDag(DAG, 5 * MINUTE);
    expect(state).toBe("success");
    expect(await api.dagRuns(DAG)).toContainEqual({
      dag_run_id: runBefore.runId,
      state: "success",
    });
    const log = await api.taskLog(runBefore, runBefore.taskIds[0]!);
    expect(log).toContain("s3://");
  },
  20 * MINUTE,
);

test(
  "the bucket's objects are untouched, and connections readable",
  async () => {
    expect(await objects()).toMatchObject(objectsBefore);
    expect(await passwordOf(CONNECTION)).toBe("of before");
  },
  MINUTE,
);
