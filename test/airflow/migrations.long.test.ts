import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { waitFor } from "../../components/gate/waitFor";
import { ensureBaseImages } from "../../tools/baseImages";
import { AirflowContainers, buildImage } from "./containers";

const MINUTE = 60_000;
const ROUNDS = 50;
const HEADS = /^STARTED \S+ on True \w+ \w+$/;
const processes = {
  webserver: ["api-server"],
  "second-webserver": ["api-server"],
  scheduler: ["scheduler", "triggerer"],
  "dag-processor": ["dag-processor"],
};
type Name = keyof typeof processes;
const names = Object.keys(processes) as Name[];

const containers = new AirflowContainers();
/** In place of Airflow's processes: some that only say on which schema they would start. */
const shim = resolve("test/airflow/startedAt.py");
const images = { webserver: "", scheduler: "" };

beforeAll(async () => {
  const base = await ensureBaseImages();
  for (const image of ["webserver", "scheduler"] as const) {
    images[image] = await buildImage(image, `airflow-${image}.Dockerfile`, {
      BASE_IMAGE: base.airflow,
    });
  }
  await containers.start(base);
  await containers.run("tools", ["--entrypoint=sleep", images.webserver], "infinity");
  await makeTemplate();
}, 20 * MINUTE);

afterAll(() => containers.erase(), MINUTE);

function sql(statement: string): Promise<string> {
  const script = `
from database import configure, connect
configure()
connection = connect(); connection.autocommit = True
connection.cursor().execute(${JSON.stringify(statement)})`;
  return containers.python("tools", script);
}

/** A database whose schema is that of an older Airflow. */
async function makeTemplate(): Promise<void> {
  await waitFor("The database", async () => ({ made: await sql("CREATE DATABASE older") }), {
    timeout: MINUTE,
  });
  const uri = `AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=${containers.databaseUri(undefined, "older")}`;
  const airflow = (...command: string[]) =>
    containers.exec("tools", "env", uri, "airflow", "db", ...command);
  await airflow("migrate");
  await airflow("downgrade", "--to-version", "3.2.0", "--yes");
}

function start(name: Name, database: string): Promise<void> {
  const isWebserver = name.endsWith("webserver");
  const options = [
    `--env=AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=${containers.databaseUri(undefined, database)}`,
    `--volume=${shim}:/opt/airflow/start/preloaded.py:ro`,
    ...(isWebserver ? ["--env=ADMIN_USERNAME=admin", "--env=ADMIN_PASSWORD=a first p4ssword"] : []),
    isWebserver ? images.webserver : images.scheduler,
  ];
  return containers.run(name, options, ...(isWebserver ? [] : processes[name]));
}

async function untilStarted(name: Name): Promise<string[]> {
  const { lines } = await waitFor(
    `The processes of ${name}`,
    async () => {
      const output = await containers.output(name);
      const lines = output.match(/STARTED.*/g) ?? [];
      return lines.length === processes[name].length ? { lines } : output.slice(-2_000);
    },
    { timeout: 5 * MINUTE },
  );
  return lines;
}

function shuffled<T>(values: readonly T[]): T[] {
  const order = values.map((value) => ({ value, rank: Math.random() }));
  return order.sort((a, b) => a.rank - b.rank).map(({ value }) => value);
}

/** Kills the migrating container at some moment, and starts it again. */
async function interrupt(name: Name): Promise<void> {
  await delay(Math.random() * 10_000);
  await containers.kill(name);
  await containers.restart(name);
}

test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
  "round %i: in any order, no process starts before its schema is there, and none fails",
  async (round) => {
    const database = `round_${round}`;
    await sql(`CREATE DATABASE ${database}${round % 2 ? " TEMPLATE older" : ""}`);
    const interrupted: Name[] = round % 3 === 0 ? ["webserver"] : [];
    for (const name of shuffled(names)) {
      await start(name, database);
      await delay(Math.random() * 3_000);
    }
    await Promise.all(interrupted.map(interrupt));
    const started = (await Promise.all(names.map(untilStarted))).flat();
    for (const line of started) expect(line).toMatch(HEADS);
    expect(new Set(started.map((line) => line.replace(/.*True /, ""))).size).toBe(1);
    for (const name of names) expect(await containers.output(name)).not.toContain("Traceback");
    await containers.remove(...names);
  },
  10 * MINUTE,
);
