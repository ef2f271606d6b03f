import { S3Client } from "@aws-sdk/client-s3";
import { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AirflowApi, FinishedRun } from "../../scripts/airflowApi";
import { EmulatedResources, Emulator } from "../../scripts/emulator";
import { LogObject, readTaskLogs, s3Client } from "../../scripts/logs";
import { PulumiProject } from "../../scripts/pulumiProject";
import { setUp, Toolbox } from "../../tools/setup";
import { run } from "../../tools/shell";
import { leaksIn } from "./leaks";
import { ProcessList } from "./processList";
import {
  declaredFirst,
  declaredThen,
  declareObjects,
  declareOtherwise,
  editByHand,
  keepSecrets,
  objectsOf,
  uriOf,
} from "./objects";
import { secretsIn } from "./secrets";
import { Sources } from "./sources";
import { dockerTraces, filesIn } from "./traces";

const DAG = "ingest_repair_actors";
const MINUTE = 60_000;
const folder = mkdtempSync(join(tmpdir(), "airflow-lifecycle-"));
let toolbox: Toolbox;
let emulator: Emulator;
let project: PulumiProject;
let sources: Sources;
let processes: ProcessList;
/** What a person or a program may read without being trusted with secrets, by where it is read. */
const places: Record<string, string> = { printed: "", "engine's log": "", "engine's events": "" };

const onOutput = (text: string) => {
  places.printed += text;
};
/** As much as the engine and the providers say before they log the values that they handle (P3). */
const wordy = {
  onOutput,
  logToStdErr: true,
  logFlow: true,
  logVerbosity: 2,
  onError: (text: string) => {
    places["engine's log"] += text;
  },
  onEvent: (event: EngineEvent) => {
    const severity: string | undefined = event.diagnosticEvent?.severity;
    if (severity !== "debug") {
      places["engine's events"] += JSON.stringify(event);
    }
  },
};
const stackOf = (environment: string) =>
  project.stack(environment, { "airflow:baseImage": toolbox.images.airflow });

beforeAll(async () => {
  toolbox = await setUp();
  Object.assign(process.env, toolbox.engine);
  emulator = await Emulator.start(folder, toolbox);
  project = new PulumiProject(folder, emulator.env);
  sources = new Sources(project.folder);
  processes = new ProcessList(join(folder, "processes"));
}, 30 * MINUTE);

afterAll(async () => {
  await processes?.stop();
  await emulator.erase();
  rmSync(folder, { recursive: true, force: true });
}, 2 * MINUTE);

/** Names of what the stack created through Scaleway's API, by type. */
async function namesIn(stack: Stack): Promise<Record<string, string[]>> {
  const { deployment } = await stack.exportStack();
  const names: Record<string, string[]> = {};
  for (const { type, outputs } of deployment.resources) {
    if (!type.startsWith("scaleway:")) continue;
    (names[type.split("/").pop()!.split(":")[0]!] ??= []).push(outputs.name ?? outputs.id);
  }
  for (const each of Object.values(names)) each.sort();
  return names;
}

/** What `pulumi preview --json` prints. */
function previewJson(stack: Stack): Promise<string> {
  const options = { cwd: project.folder, env: project.env };
  return run("pulumi", ["preview", "--json", "--stack", stack.name], options);
}

/** Airflow's API with the account that the stack's outputs name. */
async function airflowApi(stack: Stack): Promise<AirflowApi> {
  const { adminUsername, adminPassword } = await stack.outputs();
  const { local_url: url } = await emulator.container("lvao-preprod", "lvao-airflow-webserver");
  return new AirflowApi(url, {
    username: adminUsername!.value,
    password: adminPassword!.value,
  });
}

describe("preprod", () => {
  let stack: Stack;
  let airflow: AirflowApi;
  let s3: S3Client;
  let dagRun: FinishedRun;
  let logs: LogObject[];
  let before: EmulatedResources;
  let secrets: Set<string>;

  beforeAll(async () => {
    await keepSecrets(emulator);
    before = await emulator.resources();
    stack = await stackOf("preprod");
    await declareObjects(stack);
    secrets = new Set([emulator.env.SCW_SECRET_KEY!]);
  }, MINUTE);

  /** Before an update replaces secrets and containers, and at the end. */
  const noteSecretsAndTraces = async () => {
    for (const secret of secretsIn(await stack.exportStack())) secrets.add(secret);
    Object.assign(places, await dockerTraces((await emulator.resources()).docker.containers));
  };

  test(
    "up creates the documented resources under the documented names",
    async () => {
      places["first preview"] = await previewJson(stack);
      const { summary } = await stack.up(wordy);
      expect(summary.result).toBe("succeeded");
      expect(await namesIn(stack)).toMatchObject({
        namespace: ["lvao-preprod", "lvao-preprod-airflow"],
        container: ["lvao-airflow-scheduler", "lvao-airflow-webserver"],
        instance: ["lvao-preprod-airflow"],
        database: ["lvao-preprod-airflow"],
        bucket: ["lvao-preprod-airflow"],
      });
    },
    15 * MINUTE,
  );

  test(
    "Airflow runs a DAG as soon as up has ended",
    async () => {
      const outputs = await stack.outputs();
      airflow = await airflowApi(stack);
      dagRun = await airflow.runDag(DAG, 4 * MINUTE);
      expect(dagRun.state).toBe("success");
      s3 = s3Client(emulator.env, outputs.bucketProjectId!.value);
      logs = await readTaskLogs(s3, outputs.bucketName!.value, dagRun);
    },
    8 * MINUTE,
  );

  test(
    "what is declared is in Airflow's database, secrets from Secret Manager too",
    async () => {
      const { docker_container } = await emulator.container(
        "lvao-preprod",
        "lvao-airflow-webserver",
      );
      expect(await objectsOf(airflow)).toEqual(declaredFirst);
      expect(await uriOf("warehouse", docker_container!)).toBe(
        "postgres://me:hush-hush-hush@db:5432/data",
      );
    },
    MINUTE,
  );

  test("the log in the bucket is what the task printed", () => {
    expect(logs.map(({ text }) => text).join("\n")).toMatch(
      /Ingested [1-9]\d* repair actors out of \d+ rows/,
    );
  });

  test(
    "the interface shows the log, from the bucket",
    async () => {
      const shown = await Promise.all(dagRun.taskIds.map((id) => airflow.taskLog(dagRun, id)));
      expect(shown.join("\n")).toMatch(/Ingested [1-9]\d* repair actors/);
      for (const text of shown) expect(text).toContain("s3://lvao-preprod-airflow/");
    },
    MINUTE,
  );

  test(
    "refresh finds what was created",
    async () => {
      await stack.refresh({ onOutput, expectNoChanges: true });
    },
    MINUTE,
  );

  test(
    "a second up changes nothing, and waits for nothing",
    async () => {
      const { summary, stdout } = await stack.up({ onOutput, expectNoChanges: true });
      expect(Object.keys(summary.resourceChanges!)).toEqual(["same"]);
      expect(stdout).not.toContain("Waiting for Airflow");
    },
    2 * MINUTE,
  );

  test(
    "a variable of the scheduler rolls the scheduler and nothing else",
    async () => {
      const idOf = async (name: string) =>
        (await emulator.container("lvao-preprod", name)).docker_container;
      const [webserver, scheduler] = ["lvao-airflow-webserver", "lvao-airflow-scheduler"] as const;
      const before = { webserver: await idOf(webserver), scheduler: await idOf(scheduler) };
      await stack.setConfig(
        "airflow:variables.scheduler.WEBAPP_URL",
        { value: "https://lvao.example" },
        true,
      );
      await noteSecretsAndTraces();
      const { summary } = await stack.up({ onOutput });
      // The container, and the two components around it, whose arguments the engine keeps.
      expect(summary.resourceChanges).toEqual({ same: 29, update: 3 });
      expect(await idOf(webserver)).toBe(before.webserver);
      expect(await idOf(scheduler)).not.toBe(before.scheduler);
    },
    6 * MINUTE,
  );

  test(
    "a change of what is declared rolls the webserver alone, and leaves what people made",
    async () => {
      const idOf = async (name: string) =>
        (await emulator.container("lvao-preprod", name)).docker_container;
      const [webserver, scheduler] = ["lvao-airflow-webserver", "lvao-airflow-scheduler"] as const;
      const before = { webserver: await idOf(webserver), scheduler: await idOf(scheduler) };
      await editByHand(airflow);
      await declareOtherwise(stack);
      const { summary } = await stack.up({ onOutput });
      // The container, and the two components around it, whose arguments the engine keeps.
      expect(summary.resourceChanges).toEqual({ same: 29, update: 3 });
      expect(await idOf(scheduler)).toBe(before.scheduler);
      expect(await idOf(webserver)).not.toBe(before.webserver);
      expect(await objectsOf(airflow)).toEqual(declaredThen);
      expect(await uriOf("warehouse", (await idOf(webserver))!)).toBe(
        "postgres://me:another-secret@db:5432/data",
      );
    },
    6 * MINUTE,
  );

  test(
    "every secret is made anew at once: a former token and a saved connection stay good, the former password does not",
    async () => {
      const connection = { connection_id: "store", conn_type: "http", password: "hush-hush" };
      await airflow.call("POST", "/api/v2/connections", connection);
      await stack.setConfig("airflow:rotation.all", { value: "2" });
      places["preview of a rotation"] = await previewJson(stack);
      const { summary } = await stack.up(wordy);
      expect(summary.resourceChanges).toMatchObject({ create: 7, delete: 1 });
      const former = airflow;
      airflow = await airflowApi(stack);
      await former.call("GET", "/api/v2/connections/store");
      await expect(former.logIn()).rejects.toThrow("401");
      // While the former scheduler ends, it still runs tasks, and its key for their logs is gone: this waits for its end.
      await emulator.resources();
      const run = await airflow.runDag(DAG, 4 * MINUTE);
      expect(run.state).toBe("success");
      logs.push(...(await readTaskLogs(s3, "lvao-preprod-airflow", run)));
    },
    12 * MINUTE,
  );

  test(
    "no secret is in state, previews, logs, engine events, images or process lists, in whatever form",
    async () => {
      await noteSecretsAndTraces();
      places["task logs"] = logs.map(({ text }) => text).join("\n");
      places["emulator's log"] = readFileSync(emulator.logFile, "utf8");
      places["process list"] = processes.seen();
      Object.assign(places, filesIn(join(folder, "state")));
      expect(places["preview of a rotation"]).toContain('"steps"');
      expect(places["engine's log"]).toContain('"level":"INFO"');
      expect(places["process list"]).toContain("airflow scheduler");
      expect(places["process list"]).toContain("postgres");
      expect(secrets.size).toBeGreaterThan(20);
      expect(leaksIn(places, [...secrets])).toEqual([]);
    },
    2 * MINUTE,
  );

  test(
    "another stack reads its outputs, the password as a secret",
    async () => {
      const outputs = await stack.outputs();
      expect(outputs.adminPassword!.secret).toBe(true);
      expect(outputs.webserverUrl!.value).toMatch(
        /^https:\/\/lvaopreprod\w{8}-lvao-airflow-webserver\.functions\.fnc\.fr-par\.scw\.cloud$/,
      );
    },
    MINUTE,
  );

  test(
    "a DAG that cannot be imported fails the update, and the scheduler of before goes on",
    async () => {
      const scheduler = () => emulator.container("lvao-preprod", "lvao-airflow-scheduler");
      const { docker_container: before } = await scheduler();
      sources.write("dags/broken.py", "from airflow.sdk import dag\nfrom actors import nothing\n");
      await expect(stack.up({ onOutput })).rejects.toThrow(
        /error: The container lvao-airflow-scheduler is not ready[^]*broken\.py[^]*cannot import name/,
      );
      sources.mend();
      expect((await scheduler()).docker_container).toBe(before);
      expect((await airflow.runDag(DAG, 4 * MINUTE)).state).toBe("success");
    },
    12 * MINUTE,
  );

  test(
    "destroy leaves nothing",
    async () => {
      await stack.destroy({ onOutput });
      expect(await emulator.resources()).toEqual(before);
    },
    5 * MINUTE,
  );
});

describe("prod", () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await stackOf("prod");
    // There is no preprod any more whose images could be promoted.
    await stack.removeConfig("airflow:images");
  });

  test(
    "up creates it, under its own names",
    async () => {
      await stack.up({ onOutput });
      expect(await namesIn(stack)).toMatchObject({
        namespace: ["lvao-prod", "lvao-prod-airflow"],
        container: ["lvao-airflow-scheduler", "lvao-airflow-webserver"],
        instance: ["lvao-prod-airflow"],
        bucket: ["lvao-prod-airflow"],
      });
    },
    15 * MINUTE,
  );

  test(
    "destroy is refused, and nothing is gone",
    async () => {
      const before = await emulator.resources();
      await expect(stack.destroy({ onOutput })).rejects.toThrow(/protected/);
      expect(await emulator.resources()).toEqual(before);
    },
    5 * MINUTE,
  );
});
