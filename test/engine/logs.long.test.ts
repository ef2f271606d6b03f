import { Stack } from "@pulumi/pulumi/automation";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { AirflowApi, FinishedRun } from "../../scripts/airflowApi";
import { Emulator } from "../../scripts/emulator";
import { LogObject, readTaskLogs } from "../../scripts/logs";
import { PulumiProject } from "../../scripts/pulumiProject";
import { setUp } from "../../tools/setup";
import { S3Server, startS3Server } from "../scripts/s3Server";

const MINUTE = 60_000;
const BUCKET = "former-airflow-logs";
const folder = mkdtempSync(join(tmpdir(), "airflow-logs-"));
let emulator: Emulator;
let cellar: S3Server;
let project: PulumiProject;
let stack: Stack;
let airflow: AirflowApi;
let run: FinishedRun;
let logs: LogObject[];

beforeAll(async () => {
  const toolbox = await setUp();
  Object.assign(process.env, toolbox.engine);
  emulator = await Emulator.start(folder, toolbox);
  const { versitygw } = toolbox.servers;
  cellar = await startS3Server(versitygw, join(folder, "cellar"), BUCKET, ownAddress());
  project = new PulumiProject(folder, emulator.env);
  const { endpoint, credentials } = cellar;
  stack = await project.stack("preprod", {
    "airflow:baseImage": toolbox.images.airflow,
    "airflow:logs.existingBucket.endpoint": endpoint,
    "airflow:logs.existingBucket.region": "us-east-1",
    "airflow:logs.existingBucket.name": BUCKET,
    "airflow:logs.existingBucket.accessKey": credentials.accessKey,
  });
  const secretKey = { value: credentials.secretKey, secret: true };
  await stack.setConfig("airflow:logs.existingBucket.secretKey", secretKey, true);
}, 30 * MINUTE);

afterAll(async () => {
  await cellar?.stop();
  await emulator.erase();
  rmSync(folder, { recursive: true, force: true });
}, 2 * MINUTE);

/** An address of this machine that containers reach. */
function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return addresses.find(({ family, internal }) => family === "IPv4" && !internal)!.address;
}

test(
  "an environment whose logs go to another S3 server runs a DAG",
  async () => {
    await stack.up();
    const outputs = await stack.outputs();
    expect(outputs.bucketName!.value).toBe(BUCKET);
    const { local_url: url } = await emulator.container("lvao-preprod", "lvao-airflow-webserver");
    airflow = new AirflowApi(url, {
      username: outputs.adminUsername!.value,
      password: outputs.adminPassword!.value,
    });
    run = await airflow.runDag("ingest_repair_actors", 5 * MINUTE);
    expect(run.state).toBe("success");
  },
  25 * MINUTE,
);

test(
  "its log is on that server, and nothing is in Scaleway's object storage or IAM",
  async () => {
    logs = await readTaskLogs(cellar.s3, BUCKET, run);
    expect(logs.map(({ text }) => text).join("\n")).toMatch(/Ingested [1-9]\d* repair actors/);
    expect(await emulator.resources()).toMatchObject({
      buckets: [],
      projects: [],
      applications: [],
      api_keys: [],
    });
  },
  2 * MINUTE,
);

test("the interface shows it from there", async () => {
  for (const id of run.taskIds) {
    expect(await airflow.taskLog(run, id)).toContain(`s3://${BUCKET}/`);
  }
});

test("the server's key is in the open nowhere in the state", () => {
  const state = readFileSync(project.stateFile("preprod"), "utf8");
  expect(state).toContain(cellar.endpoint);
  expect(state).not.toContain(cellar.credentials.secretKey);
});

test(
  "destroy leaves the logs there",
  async () => {
    await stack.destroy();
    expect(await readTaskLogs(cellar.s3, BUCKET, run)).toEqual(logs);
  },
  5 * MINUTE,
);
