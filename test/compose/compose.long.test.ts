import { S3Client } from "@aws-sdk/client-s3";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { objectDeclaration } from "../../components/variables/objectDeclaration";
import { waitFor } from "../../components/gate/waitFor";
import { AirflowApi } from "../../scripts/airflowApi";
import { readTaskLogs } from "../../scripts/logs";
import { s3ClientFor } from "../../scripts/moving/client";
import { dockerClient } from "../../tools/docker";
import { run } from "../../tools/shell";
import { ComposeProject } from "./project";
import { standIns } from "./standIns";

const MINUTE = 60_000;
const DAG = "ingest_repair_actors";
const declared = { connections: {}, airflowVariables: {}, pools: { dbt: { slots: 4 } } };
let project: ComposeProject;
let airflow: AirflowApi;
let s3: S3Client;

beforeAll(async () => {
  project = await ComposeProject.create(await standIns());
  const { AIRFLOW_PORT, STORAGE_PORT, ADMIN_PASSWORD, ...settings } = project.settings;
  const environment = { DECLARED_OBJECTS: JSON.stringify(objectDeclaration(declared)) };
  const override = stringify({ services: { webserver: { environment } } });
  writeFileSync(join(project.folder, "docker-compose.override.yml"), override);
  await project.compose("up", "--build", "--detach");
  airflow = new AirflowApi(`http://127.0.0.1:${AIRFLOW_PORT}`, {
    username: "admin",
    password: ADMIN_PASSWORD!,
  });
  s3 = s3ClientFor({ endpoint: `http://127.0.0.1:${STORAGE_PORT}`, region: "fr-par" }, "", {
    AWS_ACCESS_KEY_ID: settings.LOG_ACCESS_KEY,
    AWS_SECRET_ACCESS_KEY: settings.LOG_SECRET_KEY,
  });
  const answer = () => airflow.logIn().then(() => airflow);
  await waitFor("Airflow's API", answer, { timeout: 4 * MINUTE }).catch(async (error: Error) => {
    throw new Error(
      `${error.message}\n${await project.compose("logs", "--no-color", "--tail=20")}`,
    );
  });
}, 20 * MINUTE);

afterAll(async () => {
  s3?.destroy();
  await project?.down();
  project?.remove();
}, 2 * MINUTE);

/** What the tasks of a new run of the DAG have printed, as the bucket has it. */
async function runAndReadLogs(): Promise<string> {
  const ended = await airflow.runDag(DAG, 2 * MINUTE);
  expect(ended.state).toBe("success");
  const logs = await readTaskLogs(s3, "airflow-logs", ended);
  return logs.map(({ text }) => text).join("\n");
}

/** Docker's objects of this project, whatever their kind. */
async function leftovers(): Promise<string[]> {
  const docker = await dockerClient();
  const label = `--filter=label=com.docker.compose.project=${project.name}`;
  const kinds = [
    ["ps", "--all", label],
    ["network", "ls", label],
    ["volume", "ls", label],
    ["image", "ls", `--filter=reference=${project.name}*`],
  ];
  const found = kinds.map((kind) => run(docker, [...kind, "--quiet"]));
  return (await Promise.all(found)).flatMap((ids) => ids.split("\n").filter(Boolean));
}

test(
  "a DAG runs, and its log is in the local bucket",
  async () => {
    expect(await runAndReadLogs()).toMatch(/Ingested \d+ repair actors out of \d+ rows/);
  },
  4 * MINUTE,
);

test("a declared pool is there", async () => {
  expect(await airflow.call("GET", "/api/v2/pools/dbt")).toMatchObject({ slots: 4 });
});

test(
  "an edited DAG and a new one are seen while everything goes on running",
  async () => {
    const before = await project.compose("ps", "--quiet");
    const file = `airflow/dags/${DAG}.py`;
    project.edit(file, (text) => text.replace("Ingested", "Took in").replace("@daily", "@hourly"));
    const copy = join(project.folder, "airflow/dags/a_new_one.py");
    writeFileSync(copy, "from airflow.sdk import DAG\n\ndag = DAG('a_new_one')\n");
    const edited = async () => {
      await airflow.call("GET", "/api/v2/dags/a_new_one");
      const dag = await airflow.call<{ timetable_summary: string }>("GET", `/api/v2/dags/${DAG}`);
      return dag.timetable_summary === "0 * * * *" ? dag : `it runs ${dag.timetable_summary}`;
    };
    await waitFor("The edited DAG", edited, { timeout: 30_000 });
    expect(await runAndReadLogs()).toMatch(/Took in \d+ repair actors/);
    expect(await project.compose("ps", "--quiet")).toBe(before);
  },
  4 * MINUTE,
);

test(
  "down leaves nothing",
  async () => {
    expect(await leftovers()).not.toEqual([]);
    await project.down();
    expect(await leftovers()).toEqual([]);
  },
  2 * MINUTE,
);
