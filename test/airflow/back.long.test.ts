import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { waitFor } from "../../components/gate/waitFor";
import { ensureAirflowImage, ensureBaseImages } from "../../tools/baseImages";
import { AirflowContainers, buildImage } from "./containers";
import { copyForAirflow } from "./formerAirflow";

const MINUTE = 60_000;
const FORMER = "3.2.2";
const INTERRUPTIONS = 5;
const folder = mkdtempSync(join(tmpdir(), "former-airflow-"));
const containers = new AirflowContainers();
const images = { former: "", newer: "", scheduler: "" };

beforeAll(async () => {
  const base = await ensureBaseImages();
  const formerBase = await ensureAirflowImage(base.debian, FORMER);
  await copyForAirflow(FORMER, folder, base);
  const build = (name: string, role: string, BASE_IMAGE: string, context?: string) =>
    buildImage(name, `airflow-${role}.Dockerfile`, { BASE_IMAGE }, context);
  images.former = await build("former-webserver", "webserver", formerBase, folder);
  images.newer = await build("webserver", "webserver", base.airflow);
  images.scheduler = await build("scheduler", "scheduler", base.airflow);
  await containers.start(base);
  await containers.run("tools", ["--entrypoint=sleep", images.newer], "infinity");
  await waitFor("The database", async () => ({ made: await sql("CREATE DATABASE airflow") }), {
    timeout: MINUTE,
  });
}, 20 * MINUTE);

afterAll(async () => {
  await containers.erase();
  rmSync(folder, { recursive: true });
}, MINUTE);

/** Runs a statement in a database, and gives the first row. */
function sql(statement: string, database = "postgres"): Promise<string> {
  const script = `
import os, psycopg2
os.environ["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] = ${JSON.stringify(containers.databaseUri(undefined, database))}
from database import configure, connect
configure()
connection = connect(); connection.autocommit = True
cursor = connection.cursor(); cursor.execute(${JSON.stringify(statement)})
print(*(cursor.fetchone() if cursor.description else ()))`;
  return containers.python("tools", script);
}

const schemaOf = async (database = "airflow") =>
  `${await sql("SELECT version_num FROM alembic_version", database)} ${await sql("SELECT version_num FROM alembic_version_fab", database)}`;

function variables(database: string, downgrade?: object): string[] {
  return [
    `--env=AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=${containers.databaseUri(undefined, database)}`,
    "--env=ADMIN_USERNAME=admin",
    "--env=ADMIN_PASSWORD=a first p4ssword",
    ...(downgrade ? [`--env=DOWNGRADE_TO=${JSON.stringify(downgrade)}`] : []),
  ];
}

const untilServing = (name: string) => containers.untilHealth(name, 8080, "/api/v2/version", 200);

/** What a container says that ends by itself. */
async function refusal(image: string, downgrade?: object, ...args: string[]): Promise<string> {
  await containers.run("refused", [...variables("airflow", downgrade), image], ...args);
  expect(await containers.exitStatus("refused")).toBe(1);
  const output = await containers.output("refused");
  await containers.remove("refused");
  return output;
}

let schemas: { former: string; newer: string };

test(
  "a former Airflow names the command that takes a newer schema back",
  async () => {
    await containers.run("former", [...variables("airflow"), images.former]);
    await untilServing("former");
    const former = await schemaOf();
    await containers.remove("former");
    await containers.run("newer", [...variables("airflow"), images.newer]);
    await untilServing("newer");
    schemas = { former, newer: await schemaOf() };
    expect(schemas.newer).not.toBe(former);
    await containers.remove("newer");
    expect(await refusal(images.former)).toMatch(
      new RegExp(`npm run back -- --stack <stack> --airflow ${FORMER} --fab \\d+\\.\\d+\\.\\d+\n`),
    );
  },
  10 * MINUTE,
);

test(
  "nothing is done where the version is no older one, or the image no newer one",
  async () => {
    expect(await refusal(images.newer, { airflow: "3.3.1" })).toMatch(
      /there is nothing to take back/,
    );
    expect(await refusal(images.newer, { airflow: "1.0.0" })).toMatch(/it is too old/);
    expect(await refusal(images.former, { airflow: "3.1.8" })).toMatch(/is newer than this image/);
    expect(await refusal(images.scheduler, { airflow: "3.3.1" }, "scheduler")).toMatch(
      /there is nothing to take back/,
    );
    expect(await schemaOf()).toBe(schemas.newer);
  },
  5 * MINUTE,
);

test.each(Array.from({ length: INTERRUPTIONS }, (_, round) => round))(
  "interruption %i: what was killed midway goes on, and the former Airflow starts on what it leaves",
  async (round) => {
    const database = `killed_${round}`;
    await sql(`CREATE DATABASE ${database} TEMPLATE airflow`);
    const downgrade = { airflow: FORMER, fab: "3.4.0" };
    await containers.run("newer", [...variables(database, downgrade), images.newer]);
    await delay(1_000 + Math.random() * 4_000);
    await containers.kill("newer");
    process.stderr.write(`killed at ${await schemaOf(database)}\n`);
    await containers.restart("newer");
    await untilServing("newer");
    expect(await schemaOf(database)).toMatch(
      new RegExp(`^${schemas.former.split(" ")[0]} 6709f7a774b9$`),
    );
    await containers.remove("newer");
  },
  5 * MINUTE,
);

test(
  "it waits for Airflow's processes, then serves nothing but its probe until the former Airflow is deployed",
  async () => {
    const own = `--env=AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=${containers.databaseUri(undefined, "airflow")}`;
    await containers.run("triggerer", [own, images.scheduler], "triggerer");
    await containers.untilHealth("triggerer", 8974, "/health", 200);
    await containers.run("newer", [...variables("airflow", { airflow: FORMER }), images.newer]);
    await waitFor(
      "The wait",
      async () => {
        const output = await containers.output("newer");
        return output.includes("these still run: TriggererJob") ? { output } : output;
      },
      { timeout: MINUTE },
    );
    expect(await schemaOf()).toBe(schemas.newer);
    await containers.remove("triggerer");
    await untilServing("newer");
    expect(await schemaOf()).toBe(schemas.former);
    await containers.untilHealth("newer", 8080, "/api/v2/monitor/health", 503);
    const order = `--env=DOWNGRADE_TO=${JSON.stringify({ airflow: FORMER })}`;
    await containers.run("scheduler", [own, order, images.scheduler], "scheduler");
    await containers.untilHealth("scheduler", 8974, "/health", 200);
    await containers.remove("newer", "scheduler");
    await containers.run("former", [...variables("airflow"), images.former]);
    await untilServing("former");
    expect(await schemaOf()).toBe(schemas.former);
  },
  10 * MINUTE,
);
