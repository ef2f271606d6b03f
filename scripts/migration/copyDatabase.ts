import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { say } from "../../tools/progress";
import { connected, Counts, countRows, DatabaseAddress, postgresVariables } from "./postgres";

/** Only what Airflow has made: extensions stay behind, and so do owners and rights, which are the target's. */
const WHAT = ["--schema=public", "--no-owner", "--no-privileges"];
/** A setting of PostgreSQL 17's programs, which older servers do not know and the copy does not need. */
const HARMLESS = /unrecognized configuration parameter "transaction_timeout"/;

/**
 * Copies Airflow's tables into an empty database, and gives the rows that they had at one moment: that of which the
 * copy is. The source is read in a transaction that can write nothing.
 */
export async function copyDatabase(from: DatabaseAddress, to: DatabaseAddress): Promise<Counts> {
  return connected(from, async (client) => {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const counts = await countRows(client);
    const { rows } = await client.query<{ snapshot: string }>(
      "SELECT pg_export_snapshot() AS snapshot",
    );
    await dumpAndRestore(from, to, rows[0]!.snapshot, counts);
    return counts;
  });
}

async function dumpAndRestore(
  from: DatabaseAddress,
  to: DatabaseAddress,
  snapshot: string,
  counts: Counts,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "airflow-migrate-"));
  try {
    const certificate = to.certificate && join(folder, "server.crt");
    if (certificate) writeFileSync(certificate, to.certificate!);
    const dump = start("pg_dump", ["--format=custom", `--snapshot=${snapshot}`, ...WHAT], from);
    const options = ["--verbose", `--dbname=${to.database}`, ...WHAT];
    const restore = start("pg_restore", options, to, certificate);
    reportTables(restore, counts);
    const reports = Promise.all([failure("pg_dump", dump), failure("pg_restore", restore)]);
    // Why a pipe broke is what the program says that ended.
    await pipeline(dump.stdout, restore.stdin).catch(() => undefined);
    const failures = (await reports).filter(Boolean);
    if (failures.length > 0) throw new Error(failures.join("\n"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Program = ReturnType<typeof start>;

function start(program: string, args: string[], address: DatabaseAddress, certificate?: string) {
  const env = { ...process.env, ...postgresVariables(address, certificate) };
  return spawn(program, args, { env });
}

function reportTables({ stderr }: Program, counts: Counts): void {
  createInterface({ input: stderr }).on("line", (line) => {
    const table = /processing data for table "public\.(.+)"/.exec(line)?.[1];
    const rows = table && counts[table];
    if (rows) say(`Copying ${table} (${rows.toLocaleString("en")} rows)`);
  });
}

/** Waits for the end of a program, and gives what it says of a failure, if it failed. */
async function failure(name: string, program: Program): Promise<string | undefined> {
  const errors: string[] = [];
  createInterface({ input: program.stderr }).on("line", (line) => {
    if (/(error|fatal|DETAIL):/i.test(line)) errors.push(line);
  });
  const [status] = (await once(program, "close")) as [number | null];
  const isHarmless = errors.length > 0 && errors.every((line) => HARMLESS.test(line));
  if (status === 0 || isHarmless) return undefined;
  return [`${name} ended with ${status}:`, ...errors].join("\n");
}
