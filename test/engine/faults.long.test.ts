import { Stack } from "@pulumi/pulumi/automation";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Emulator } from "../../scripts/emulator";
import { PulumiProject } from "../../scripts/pulumiProject";
import { setUp } from "../../tools/setup";
import { Prober } from "./prober";
import { secretsIn } from "./secrets";
import { Sources } from "./sources";

const MINUTE = 60_000;
const LIMIT = 10 * MINUTE;
const DATABASE = "lvao-preprod-airflow";
const folder = mkdtempSync(join(tmpdir(), "airflow-faults-"));
const table: object[] = [];
let emulator: Emulator;
let sources: Sources;
let stack: Stack;
let printed = "";

beforeAll(async () => {
  const toolbox = await setUp();
  Object.assign(process.env, toolbox.engine);
  emulator = await Emulator.start(folder, toolbox);
  const project = new PulumiProject(folder, emulator.env);
  sources = new Sources(project.folder);
  stack = await project.stack("preprod", { "airflow:baseImage": toolbox.images.airflow });
  await stack.up();
}, 30 * MINUTE);

afterAll(async () => {
  process.stdout.write(`${JSON.stringify(table, undefined, 1)}\n`);
  await emulator.erase();
  rmSync(folder, { recursive: true, force: true });
}, 2 * MINUTE);

/** The instances that serve, by name of their Docker container. */
async function serving() {
  const names = ["lvao-airflow-webserver", "lvao-airflow-scheduler"];
  const containers = names.map((name) => emulator.container("lvao-preprod", name));
  return (await Promise.all(containers)).map(({ docker_container }) => docker_container);
}

/** Runs an update that has to fail; gives what it printed. */
async function failedUp(name: string): Promise<string> {
  const before = await serving();
  const { local_url } = await emulator.container("lvao-preprod", "lvao-airflow-webserver");
  const prober = new Prober(`${local_url}/api/v2/version`);
  const begun = Date.now();
  let output = "";
  const outcome = await stack.up({ onOutput: (text) => (output += text) }).then(
    () => "succeeded",
    () => "failed",
  );
  const seconds = Math.round((Date.now() - begun) / 1_000);
  prober.stop();
  printed += output;
  const message = output.slice(output.indexOf("error: ")).slice(0, 1_500);
  const { sent, failures } = prober;
  table.push({ case: name, seconds, message, probes: sent, failed: failures.length });
  expect({ outcome, failures }).toEqual({ outcome: "failed", failures: [] });
  expect(seconds * 1_000).toBeLessThan(LIMIT);
  expect(await serving()).toEqual(before);
  return output;
}

/** A variable that makes the next update roll the webserver. */
const roll = (value: string) =>
  stack.setConfig("airflow:variables.webserver.ROLL", { value }, true);

/** Changes the password of Airflow's user behind everyone's back. */
async function setDatabasePassword(password: string): Promise<void> {
  const base = `${emulator.env.SCW_API_URL}/rdb/v1/regions/fr-par/instances`;
  const headers = {
    "X-Auth-Token": emulator.env.SCW_SECRET_KEY!,
    "Content-Type": "application/json",
  };
  const { instances } = await (await fetch(base, { headers })).json();
  const changed = await fetch(`${base}/${instances[0].id}/users/airflow`, {
    method: "PATCH",
    headers,
    body: JSON.stringify({ password }),
  });
  expect(changed.status).toBe(200);
}

async function databasePassword(): Promise<string> {
  const { deployment } = await stack.exportStack();
  const user = deployment.resources.find(({ type }: { type: string }) =>
    type.startsWith("scaleway:databases/user:"),
  );
  return JSON.parse(user.inputs.password.plaintext);
}

/** The smallest program for another processor: a header. */
function foreignProgram(): Buffer {
  const header = Buffer.alloc(64);
  header.write("\x7fELF\x02\x01\x01", "latin1");
  header.writeUInt16LE(2, 16); // executable
  header.writeUInt16LE(183, 18); // AArch64
  return header;
}

type Fault = [name: string, inflict: () => unknown, told: RegExp[]];

const faults: Fault[] = [
  [
    "a DAG with an import error",
    () =>
      sources.write("dags/broken.py", "from airflow.sdk import dag\nfrom actors import nothing\n"),
    [
      /error: The container lvao-airflow-scheduler is not ready/,
      /broken\.py/,
      /cannot import name 'nothing'/,
    ],
  ],
  [
    "a missing secret",
    () =>
      sources.write(
        "dags/broken.py",
        'import os\nfrom airflow.sdk import dag\nURL = os.environ["DATABASE_URL"]\n',
      ),
    [
      /error: The container lvao-airflow-scheduler is not ready/,
      /broken\.py/,
      /KeyError: 'DATABASE_URL'/,
    ],
  ],
  [
    "an image that exits",
    () =>
      sources.replace(
        "start/webserver.py",
        "import os\n",
        'import os\nraise SystemExit("no licence")\n',
      ),
    [/error: The container lvao-airflow-webserver is not ready/, /no licence/],
  ],
  [
    "too little memory at the start",
    () =>
      sources.replace(
        "start/webserver.py",
        "    with migration_lock():",
        "    b'x' * 4 * 10**9\n    with migration_lock():",
      ),
    [
      /error: The container lvao-airflow-webserver is not ready/,
      /memory of the container is used up/,
    ],
  ],
  [
    "a wrong architecture",
    () => {
      sources.write("start/webserver.py", foreignProgram());
      sources.append(
        "airflow-webserver.Dockerfile",
        'ENTRYPOINT ["/opt/airflow/start/webserver.py"]\n',
      );
    },
    [/error: The container lvao-airflow-webserver is not ready/, /exec format error/],
  ],
  [
    "a wrong port",
    () =>
      sources.replace(
        "start/webserver.py",
        '"--proxy-headers"',
        '"--proxy-headers", "--port", "9000"',
      ),
    [
      /error: The container lvao-airflow-webserver is not ready/,
      /does not respond to HTTP requests on port 8080/,
      /:9000/,
    ],
  ],
  [
    "a wrong database password",
    async () => {
      await roll("wrong password");
      await setDatabasePassword("An0ther-p4ssword");
    },
    [
      /error: The container lvao-airflow-webserver is not ready/,
      /password authentication failed for user "airflow"/,
    ],
  ],
  [
    "a database that is down",
    async () => {
      await setDatabasePassword(await databasePassword());
      await roll("database down");
      await emulator.setReachable(DATABASE, false);
    },
    [
      /error: The container lvao-airflow-webserver is not ready/,
      /Waiting for the metadata database.+timeout expired/,
    ],
  ],
];

test.each(faults)(
  "%s fails the update with its cause, and what served goes on to serve",
  async (name, inflict, told) => {
    sources.mend();
    await inflict();
    const output = await failedUp(name);
    for (const text of told) expect(output).toMatch(text);
  },
  LIMIT + MINUTE,
);

test(
  "once the database is back, the same update succeeds without a change",
  async () => {
    await emulator.setReachable(DATABASE, true);
    const { summary } = await stack.up();
    expect(summary.result).toBe("succeeded");
  },
  LIMIT,
);

test("no message holds a secret", async () => {
  const secrets = secretsIn(await stack.exportStack());
  expect(secrets.filter((secret) => printed.includes(secret))).toEqual([]);
});
