import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "pg";
import { sourceProblems } from "../../../scripts/migration/sourceProblems";
import { temporaryFolder } from "../../temporaryFolder";

const path = process.env.PATH;
afterEach(() => {
  process.env.PATH = path;
});

/** A server of that version, whose database holds an Airflow or not, with these processes. */
function serverOf(version: number, { airflow = true, running = [] as string[] } = {}): Client {
  const query = async (sql: string) => {
    if (sql.includes("to_regclass"))
      return { rows: [{ found: airflow ? "alembic_version" : null }] };
    if (sql.includes("server_version_num")) return { rows: [{ number: version * 10_000 + 4 }] };
    return { rows: running.map((job_type) => ({ job_type })) };
  };
  return { query } as unknown as Client;
}

/** Puts a `pg_dump` of that version on the PATH, or none. */
function installPgDump(version?: string): void {
  const folder = join(temporaryFolder(), "bin");
  mkdirSync(folder);
  process.env.PATH = folder;
  if (version === undefined) return;
  const script = `#!/bin/sh\necho 'pg_dump (PostgreSQL) ${version}'\n`;
  writeFileSync(join(folder, "pg_dump"), script, { mode: 0o755 });
}

test("a pg_dump as new as the server will do", async () => {
  installPgDump("16.4 (Debian 16.4-1)");
  expect(await sourceProblems(serverOf(16), true)).toEqual([]);
  expect(await sourceProblems(serverOf(12), true)).toEqual([]);
});

test("an older one and none are refused, saying what to install", async () => {
  installPgDump("15.18");
  const [older] = await sourceProblems(serverOf(17), false);
  expect(older).toMatch(/runs PostgreSQL 17, and pg_dump is of 15: .* postgresql-client-17/);
  installPgDump();
  const [none] = await sourceProblems(serverOf(11), false);
  expect(none).toMatch(/pg_dump is not on the PATH/);
});

test("a running Airflow is in the way of the cut-over, and not of a rehearsal", async () => {
  installPgDump("16.4");
  const server = serverOf(16, { running: ["SchedulerJob", "TriggererJob"] });
  expect(await sourceProblems(server, false)).toEqual([]);
  const [running] = await sourceProblems(server, true);
  expect(running).toMatch(/still runs \(SchedulerJob, TriggererJob\): stop .*clever stop/);
});

test("every problem is named at once, but a database without Airflow has no other", async () => {
  installPgDump("15.1");
  expect(await sourceProblems(serverOf(16, { running: ["SchedulerJob"] }), true)).toHaveLength(2);
  const other = await sourceProblems(serverOf(16, { airflow: false }), true);
  expect(other).toEqual([expect.stringMatching(/holds no Airflow/)]);
});
