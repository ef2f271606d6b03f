import { Stack } from "@pulumi/pulumi/automation";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { waitFor } from "../../../components/gate/waitFor";
import { AirflowApi } from "../../../scripts/airflowApi";
import { Emulator } from "../../../scripts/emulator";
import { ScalewayApi } from "../../../scripts/scalewayApi";
import { PulumiProject } from "../../../scripts/pulumiProject";
import { dockerClient, installPackages } from "../../../tools/docker";
import { setUp } from "../../../tools/setup";
import { CommandFailed, run, succeeds } from "../../../tools/shell";
import { CleverCloud, DAG, runId } from "./cleverCloud";

const MINUTE = 60_000;
const cli = resolve(__dirname, "../../../scripts/cli.ts");
const folder = mkdtempSync(join(tmpdir(), "airflow-migrate-"));
const file = join(folder, "clever.env");
let emulator: Emulator;
let project: PulumiProject;
let stack: Stack;
let clever: CleverCloud;
let airflow: AirflowApi;

beforeAll(async () => {
  if (!(await succeeds("pg_dump", ["--version"]))) await installPackages(["postgresql-client"]);
  const toolbox = await setUp();
  Object.assign(process.env, toolbox.engine);
  emulator = await Emulator.start(folder, toolbox);
  project = new PulumiProject(folder, emulator.env);
  stack = await project.stack("preprod", { "airflow:baseImage": toolbox.images.airflow });
  clever = await CleverCloud.make(folder, toolbox);
  clever.writeEnv(file);
}, 45 * MINUTE);

afterAll(async () => {
  await clever?.erase();
  await emulator?.erase();
  rmSync(folder, { recursive: true, force: true });
}, 3 * MINUTE);

/** What `migrate` prints on both streams. */
async function migrate(step: string, ...args: string[]): Promise<string> {
  const lines: string[] = [];
  const own = ["--import", "tsx", cli, "migrate", step, `--env=${file}`, "--stack=preprod"];
  await run(process.execPath, [...own, `--cwd=${project.folder}`, ...args], {
    env: project.env,
    onLine: (line) => lines.push(line),
  });
  return lines.join("\n");
}

const refused = (step: string, ...args: string[]): Promise<string> =>
  migrate(step, ...args).catch((error: CommandFailed) => error.output);

/** What there is at Scaleway, databases of the instance too, and the environment's own history. */
async function targetContent(): Promise<unknown> {
  const { docker, ...kinds } = await emulator.resources();
  expect(docker.containers.length).toBeGreaterThan(0);
  const api = new ScalewayApi(emulator.env);
  const rdb = "/rdb/v1/regions/fr-par/instances";
  const { instances } = await api.call<{ instances: { id: string }[] }>("GET", rdb);
  const { databases } = await api.call<{ databases: { name: string }[] }>(
    "GET",
    `${rdb}/${instances[0]!.id}/databases`,
  );
  const names = databases.map(({ name }) => name);
  return { kinds, names, runs: await airflow.dagRuns(DAG) };
}

/** What Airflow reads of a connection with its own key alone, and whether it is encrypted. */
async function passwordOf(connection: string): Promise<string> {
  const { docker_container } = await emulator.container("lvao-preprod", "lvao-airflow-scheduler");
  const script = `from airflow.models import Connection; from airflow.settings import Session
found = Session().query(Connection).filter_by(conn_id="${connection}").one()
print("password", found.get_password(), found.is_encrypted)`;
  const inside = ["exec", docker_container!, "/entrypoint", "python", "-c", script];
  return /^password (.*)$/m.exec(await run(await dockerClient(), inside))![1]!;
}

test(
  "the variables are listed, and become settings of the stack",
  async () => {
    const planned = await migrate("variables");
    expect(planned).toMatch(
      /MIN_FILE_PROCESS_INTERVAL -> .*DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL/,
    );
    expect(planned).toMatch(/Unknown here.*\n +WEBAPP_TOKEN -> airflow:secretVariables/);
    expect(planned).toMatch(/Nothing was written/);
    const settings = () => readFileSync(join(project.folder, "Pulumi.preprod.yaml"), "utf8");
    expect(settings()).not.toContain("WEBAPP_TOKEN");
    await migrate("variables", "--apply");
    expect(settings()).toMatch(/WEBAPP_TOKEN:\s+secure:/);
    expect(settings()).not.toMatch(/quoted/);
  },
  MINUTE,
);

test(
  "an environment in a private network says how to let the migration in",
  async () => {
    await stack.up();
    expect(await refused("database")).toMatch(/--path 'airflow:database.publicAccess\[0\]'/);
    await stack.setConfig("airflow:database.publicAccess[0]", { value: "198.51.100.0/24" }, true);
    await stack.up();
    const endpoint = (await stack.outputs()).databasePublicEndpoint!.value as string;
    const [host] = endpoint.split(":");
    // The emulator sees this machine come from the address at which it publishes.
    await stack.setConfig("airflow:database.publicAccess[0]", { value: `${host}/32` }, true);
    await stack.up();
    const { local_url } = await emulator.container("lvao-preprod", "lvao-airflow-webserver");
    const { adminUsername, adminPassword } = await stack.outputs();
    airflow = new AirflowApi(local_url, {
      username: adminUsername!.value,
      password: adminPassword!.value,
    });
    expect((await airflow.runDag(DAG, 5 * MINUTE)).state).toBe("success");
  },
  30 * MINUTE,
);

test(
  "a rehearsal upgrades a copy, and changes nothing in either place",
  async () => {
    const before = [await clever.content(), await targetContent()];
    const said = await migrate("database");
    process.stderr.write(`${said}\n`);
    expect(said).toMatch(/task_instance +1,000 +1,000/);
    expect(said).toMatch(/This was a rehearsal/);
    expect([await clever.content(), await targetContent()]).toEqual(before);
  },
  10 * MINUTE,
);

test(
  "what still runs there, and a key that is not theirs, are refused",
  async () => {
    await clever.beat("1 second");
    expect(await refused("database", "--apply")).toMatch(
      /still runs \(SchedulerJob\).*clever stop/,
    );
    await clever.beat("1 hour");
    const own = readFileSync(file, "utf8");
    const other = join(folder, "other.env");
    const text = own.replace(/(FERNET_KEY=").{10}/, "$1AAAAAAAAAA");
    writeFileSync(other, text);
    const said = await refused("database", `--env=${other}`, "--apply");
    expect(said).toMatch(/does not read: connection former_0, .*variable former_variable/);
  },
  10 * MINUTE,
);

test(
  "logs are copied, and moved ones are the same on both sides",
  async () => {
    expect(await migrate("logs")).toMatch(/To copy +5,000 objects/);
    expect(await migrate("logs", "--apply")).toMatch(/Verified 5,000 objects .*: the same/);
  },
  5 * MINUTE,
);

test(
  "the former Airflow's database takes the place of the environment's",
  async () => {
    const counts = await clever.counts();
    const said = await migrate("database", "--apply");
    process.stderr.write(`${said}\n`);
    expect(said).toMatch(/Moved: /);
    expect(await clever.counts()).toEqual(counts);
    const { runs } = await waitFor(
      "The former runs",
      async () => ({ runs: await airflow.dagRuns(DAG) }),
      { timeout: 3 * MINUTE },
    );
    expect(runs.map(({ dag_run_id }) => dag_run_id)).toEqual(
      Array.from({ length: 20 }, (_, day) => runId(day)),
    );
    expect(await passwordOf("former_3")).toBe("s3cret 3 True");
    expect(await passwordOf("former_9")).toBe("in clear True");
    const log = await airflow.taskLog(
      { dagId: DAG, runId: runId(7), state: "success", taskIds: [] },
      "load_33",
    );
    expect(log).toMatch(/Task 33 of day 7 said this/);
  },
  15 * MINUTE,
);

test(
  "the environment runs a DAG, and Pulumi finds it as it left it",
  async () => {
    expect((await airflow.runDag(DAG, 5 * MINUTE)).state).toBe("success");
    await stack.up({ expectNoChanges: true });
  },
  10 * MINUTE,
);
