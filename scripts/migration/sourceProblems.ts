import type { Client } from "pg";
import { run } from "../../tools/shell";
import { Refusal, refusal } from "../refusal";

/** What stands in the way of copying a database; more does where Airflow must not run any longer. */
export async function sourceProblems(client: Client, mustRest: boolean): Promise<Refusal[]> {
  if (!(await hasAirflow(client))) {
    return [
      refusal`The former database holds no Airflow in its schema public: give another address`,
    ];
  }
  const problems = await Promise.all([oldTools(client), mustRest && running(client)]);
  return problems.filter((problem) => typeof problem === "string");
}

async function hasAirflow(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ found: string | null }>(
    "SELECT to_regclass('public.alembic_version')::text AS found",
  );
  return rows[0]!.found !== null;
}

/** `pg_dump` copies from servers that are not newer than itself. */
async function oldTools(client: Client): Promise<Refusal | undefined> {
  const { rows } = await client.query<{ number: number }>(
    "SELECT current_setting('server_version_num')::int AS number",
  );
  const server = Math.floor(rows[0]!.number / 10_000);
  const printed = await run("pg_dump", ["--version"]).catch(() => "");
  const own = Number(/\) (\d+)/.exec(printed)?.[1] ?? 0);
  if (own >= server) return undefined;
  const found = own > 0 ? `is of ${own}` : "is not on the PATH";
  return refusal`The former database runs PostgreSQL ${server}, and pg_dump ${found}: install PostgreSQL's client programs, ${server} or newer (Debian: apt-get install postgresql-client-${server})`;
}

/** What a process of Airflow still writes would be lost. */
async function running(client: Client): Promise<Refusal | undefined> {
  const { rows } = await client.query<{ job_type: string }>(
    `SELECT DISTINCT job_type FROM public.job
     WHERE state = 'running' AND latest_heartbeat > now() - interval '30 seconds' ORDER BY 1`,
  );
  if (rows.length === 0) return undefined;
  const names = rows.map(({ job_type }) => job_type).join(", ");
  return refusal`The former Airflow still runs (${names}): stop its applications with \`clever stop\`, and wait half a minute`;
}
