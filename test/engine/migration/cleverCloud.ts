import { PutObjectCommand } from "@aws-sdk/client-s3";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { waitFor } from "../../../components/gate/waitFor";
import { connected, countRows, Counts, parseAddress } from "../../../scripts/migration/postgres";
import { eachOf } from "../../../scripts/moving/compare";
import { ensureAirflowImage } from "../../../tools/baseImages";
import type { Toolbox } from "../../../tools/setup";
import { docker } from "../../airflow/containers";
import { S3Server, startS3Server } from "../../scripts/s3Server";

const AIRFLOW = "2.10.5";
const BUCKET = "former-airflow-logs";
/** It is in the images, too: of other DAGs the interface shows no runs. */
export const DAG = "ingest_repair_actors";
const RUNS = 20;
const TASKS = 50;
const ATTEMPTS = 5;

/** An Airflow 2 with a history, as it is on Clever Cloud: its database, Cellar, and what `clever env` prints of it. */
export class CleverCloud {
  private readonly name = `former-${randomBytes(4).toString("hex")}`;
  private readonly password = randomBytes(16).toString("hex");
  private readonly fernetKey = randomBytes(32).toString("base64url") + "=";
  private address = "";

  private constructor(readonly cellar: S3Server) {}

  static async make(base: string, { images, servers }: Toolbox): Promise<CleverCloud> {
    const cellar = await startS3Server(servers.versitygw, join(base, "cellar"), BUCKET);
    const made = new CleverCloud(cellar);
    await made.startDatabase(images.debian);
    await made.writeHistory(await ensureAirflowImage(images.debian, AIRFLOW));
    await made.storeLogs();
    return made;
  }

  /** Writes what `clever env` prints, and gives the file. */
  writeEnv(file: string): string {
    const { endpoint, credentials, bucket } = this.cellar;
    const own = {
      AIRFLOW__CORE__EXECUTOR: "LocalExecutor",
      AIRFLOW__CORE__FERNET_KEY: this.fernetKey,
      AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER: `s3://${bucket}`,
      AIRFLOW__SCHEDULER__MIN_FILE_PROCESS_INTERVAL: "45",
      AIRFLOW__WEBSERVER__INSTANCE_NAME: "Former",
      CC_DOCKERFILE: "airflow-scheduler.Dockerfile",
      WEBAPP_TOKEN: 'quoted "token"',
    };
    const addons = {
      POSTGRESQL_ADDON_URI: this.address,
      CELLAR_ADDON_HOST: endpoint,
      CELLAR_ADDON_KEY_ID: credentials.accessKey,
      CELLAR_ADDON_KEY_SECRET: credentials.secretKey,
    };
    const lines = (values: object) =>
      Object.entries(values).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
    const text = [
      "# Manually set env variables",
      ...lines(own),
      "# Addon former",
      ...lines(addons),
    ];
    writeFileSync(file, `${text.join("\n")}\n`, { mode: 0o600 });
    return file;
  }

  /** The rows of each table. */
  counts(): Promise<Counts> {
    return this.asks(countRows);
  }

  /** A digest of every table, to see that nothing is changed. */
  content(): Promise<Record<string, string>> {
    return this.asks(async (client) => {
      const digests: Record<string, string> = {};
      for (const table of Object.keys(await countRows(client))) {
        const { rows } = await client.query(
          `SELECT md5(string_agg(row::text, '' ORDER BY row::text)) AS md5 FROM ${table} AS row`,
        );
        digests[table] = rows[0].md5;
      }
      return digests;
    });
  }

  /** Makes it look as if the scheduler had just beaten, or had not for long. */
  beat(ago: string): Promise<unknown> {
    return this.asks(async (client) => {
      await client.query("DELETE FROM job");
      await client.query(
        `INSERT INTO job (job_type, state, latest_heartbeat) VALUES ('SchedulerJob', 'running', now() - interval '${ago}')`,
      );
    });
  }

  async erase(): Promise<void> {
    const names = await docker("ps", "--all", "--quiet", `--filter=name=${this.name}`);
    const containers = names.split("\n").filter(Boolean);
    if (containers.length > 0) await docker("rm", "--force", "--volumes", ...containers);
    await this.cellar.stop();
  }

  private asks<T>(work: (client: Client) => Promise<T>): Promise<T> {
    return connected(parseAddress(this.address), work);
  }

  private async startDatabase(debian: string): Promise<void> {
    const database = `${this.name}-database`;
    const image = await build("postgres", `DEBIAN=${debian}`);
    await docker("run", "--detach", `--name=${database}`, image);
    const format = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}";
    const host = await docker("inspect", `--format=${format}`, database);
    const user = `CREATE ROLE airflow LOGIN PASSWORD '${this.password}' CREATEDB`;
    const psql = ["exec", database, "psql", "--quiet", "--command"];
    await waitFor(
      "The former database server",
      () =>
        docker(...psql, user).then(
          (made) => ({ made }),
          (error: Error) => error.message,
        ),
      { timeout: 60_000 },
    );
    await docker(...psql, "CREATE DATABASE former OWNER airflow");
    this.address = `postgresql://airflow:${this.password}@${host}:5432/former`;
  }

  private async writeHistory(base: string): Promise<void> {
    const image = await build("airflow2", `BASE_IMAGE=${base}`);
    const env = [
      `--env=AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=${this.address}?sslmode=require`,
      `--env=AIRFLOW__CORE__FERNET_KEY=${this.fernetKey}`,
    ];
    const own = ["--rm", `--name=${this.name}-airflow`, "--entrypoint=bash", ...env, image];
    const history = "airflow db migrate && python /opt/airflow/dags/history.py";
    await docker("run", ...own, "-c", history);
  }

  private async storeLogs(): Promise<void> {
    const { s3, bucket } = this.cellar;
    const numbers = Array.from({ length: RUNS * TASKS * ATTEMPTS }, (_, number) => number);
    await eachOf(numbers, async (number) => {
      const [day, task] = [number % RUNS, Math.floor(number / RUNS) % TASKS];
      const attempt = Math.floor(number / RUNS / TASKS) + 1;
      const run = `dag_id=${DAG}/run_id=${runId(day)}`;
      const Key = `${run}/task_id=load_${task}/attempt=${attempt}.log`;
      const Body = `[2026-01-02T00:00:00.000+0000] {former.py:1} INFO - Task ${task} of day ${day} said this.\n`;
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
    });
  }
}

async function build(name: string, buildArg: string): Promise<string> {
  const tag = `airflow-test/former-${name}`;
  const folder = join(__dirname, name);
  await docker("build", `--tag=${tag}`, `--build-arg=${buildArg}`, folder);
  return tag;
}

/** The run of a day, from 0. */
export const runId = (day: number): string =>
  `scheduled__2026-01-${String(day + 1).padStart(2, "0")}T00:00:00+00:00`;
