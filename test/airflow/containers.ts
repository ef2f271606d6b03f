import Dockerode from "dockerode";
import { randomBytes } from "node:crypto";
import { DATABASE_CERTIFICATE_FILE } from "../../components/database";
import { selfSigned } from "../../emulator/edge/authority";
import { ensurePostgresImage } from "../../emulator/postgres/image";
import { BaseImages } from "../../tools/baseImages";
import { buildKit, dockerClient } from "../../tools/docker";
import { run } from "../../tools/shell";
import { waitFor } from "../../components/gate/waitFor";

const startDatabase = `
  export PATH=/usr/local/pgsql/bin:$PATH
  printf %s "$PASSWORD" > /tmp/password
  initdb --pgdata=/tmp/cluster --username=airflow --pwfile=/tmp/password --auth=scram-sha-256 --encoding=UTF8
  echo "hostssl all all all scram-sha-256" >> /tmp/cluster/pg_hba.conf
  umask 077
  printf %s "$CERTIFICATE" > /tmp/server.crt
  printf %s "$KEY" > /tmp/server.key
  exec postgres -D /tmp/cluster -c listen_addresses='*' -c unix_socket_directories=/tmp \
    -c ssl=on -c ssl_cert_file=/tmp/server.crt -c ssl_key_file=/tmp/server.key`;
const signalProcess = `
import os, signal, sys
from pathlib import Path
pids = [int(file.parent.name) for file in Path("/proc").glob("[0-9]*/cmdline")
        if file.read_bytes().decode().replace("_", "-").startswith(f"airflow {sys.argv[1]}")]
os.kill(min(pids), signal.Signals[sys.argv[2]])`;

/** Runs the Docker client. */
export async function docker(...args: string[]): Promise<string> {
  return run(await dockerClient(), args, { env: buildKit });
}

/** Sends a signal to the Airflow process of this name in a Docker container. */
export function signalAirflow(
  container: string,
  airflowProcess: string,
  signal: "KILL" | "STOP",
): Promise<string> {
  const script = ["python", "-c", signalProcess, airflowProcess, `SIG${signal}`];
  return docker("exec", container, ...script);
}

/** Builds an image from the folder airflow/, or a copy of it, and gives its reference. */
export async function buildImage(
  name: string,
  dockerfile: string,
  buildArgs: Record<string, string>,
  folder = "airflow",
): Promise<string> {
  const tag = `airflow-test/${name}`;
  const values = Object.entries(buildArgs).map(([key, value]) => `--build-arg=${key}=${value}`);
  await docker("build", `--tag=${tag}`, ...values, `--file=${folder}/${dockerfile}`, folder);
  return tag;
}

/** Airflow's containers on a network of their own, with a database. */
export class AirflowContainers {
  private readonly prefix = `airflow-test-${randomBytes(4).toString("hex")}`;
  /** The password of the database, which signs tokens too. */
  readonly secret = randomBytes(48).toString("hex");
  private readonly server = selfSigned([]);

  async start(base: BaseImages): Promise<void> {
    await docker("network", "create", this.prefix);
    const image = await ensurePostgresImage(new Dockerode(), base.debian);
    await this.run(
      "database",
      [
        "--entrypoint=sh",
        `--env=PASSWORD=${this.secret}`,
        `--env=CERTIFICATE=${this.server.certificate}`,
        `--env=KEY=${this.server.key}`,
        image,
      ],
      "-c",
      startDatabase,
    );
  }

  /** Starts a container of one of the two images, with the variables that every component of Airflow gets. */
  async run(name: string, options: string[], ...args: string[]): Promise<void> {
    const variables = {
      AIRFLOW__CORE__AUTH_MANAGER:
        "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager",
      AIRFLOW__CORE__PARALLELISM: "2",
      AIRFLOW__CORE__EXECUTION_API_SERVER_URL: `http://${this.prefix}-webserver:8080/execution/`,
      AIRFLOW__API_AUTH__JWT_SECRET: this.secret,
      AIRFLOW__API__SECRET_KEY: this.secret,
      AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: this.databaseUri(),
      AIRFLOW_DATABASE_CERTIFICATE: this.server.certificate,
    };
    const env = Object.entries(variables).map(([key, value]) => `--env=${key}=${value}`);
    const own = [`--name=${this.prefix}-${name}`, `--network=${this.prefix}`, "--publish-all"];
    await docker("run", "--detach", ...own, ...env, ...options, ...args);
  }

  /** The address of a database on the server, with this password. */
  databaseUri(password = this.secret, database = "postgres"): string {
    const tls = `sslmode=verify-ca&sslrootcert=${DATABASE_CERTIFICATE_FILE}`;
    return `postgresql+psycopg2://airflow:${password}@${this.prefix}-database:5432/${database}?${tls}`;
  }

  /** Runs a Python script in a container, with the modules of its start scripts; gives what it prints. */
  python(name: string, script: string): Promise<string> {
    return docker(
      "exec",
      "--env=PYTHONPATH=/opt/airflow/start",
      `${this.prefix}-${name}`,
      ...["python", "-c", script],
    );
  }

  /** Runs a command in a container. */
  exec(name: string, ...command: string[]): Promise<string> {
    return docker("exec", `${this.prefix}-${name}`, ...command);
  }

  /** Ends a container at once, as a crash of its machine does. */
  kill(name: string): Promise<string> {
    return docker("kill", `${this.prefix}-${name}`);
  }

  /** Removes containers. */
  remove(...names: string[]): Promise<string> {
    return docker("rm", "--force", "--volumes", ...names.map((name) => `${this.prefix}-${name}`));
  }

  /** Starts a stopped container again. */
  restart(name: string): Promise<string> {
    return docker("start", `${this.prefix}-${name}`);
  }

  /** Sends a signal to the Airflow process of this name. */
  signal(name: string, airflowProcess: string, signal: "KILL" | "STOP"): Promise<string> {
    return signalAirflow(`${this.prefix}-${name}`, airflowProcess, signal);
  }

  /** Asks a container to stop and gives the status that it ends with. */
  async stop(name: string): Promise<number> {
    await docker("stop", "--time=60", `${this.prefix}-${name}`);
    return this.exitStatus(name);
  }

  /** Waits for a container to end and gives its status. */
  async exitStatus(name: string): Promise<number> {
    return Number(await docker("wait", `${this.prefix}-${name}`));
  }

  /** What a container printed. */
  async output(name: string): Promise<string> {
    const command = `${await dockerClient()} logs ${this.prefix}-${name} 2>&1`;
    return run("sh", ["-c", command]);
  }

  /** The address of a container's port on this machine. */
  async address(name: string, port: number): Promise<string> {
    const [address] = (await docker("port", `${this.prefix}-${name}`, `${port}/tcp`)).split("\n");
    return `http://127.0.0.1:${address!.split(":").pop()}`;
  }

  /** Waits until a health page answers with this status; gives the content. */
  async untilHealth(name: string, port: number, path: string, status: number): Promise<object> {
    return waitFor(
      `${status} from ${name}`,
      async () => {
        const response = await fetch((await this.address(name, port)) + path);
        const text = await response.text();
        return response.status === status ? JSON.parse(text) : `${response.status} ${text}`;
      },
      { timeout: 180_000 },
    );
  }

  async erase(): Promise<void> {
    const names = await docker("ps", "--all", "--quiet", `--filter=name=${this.prefix}`);
    const containers = names.split("\n").filter(Boolean);
    if (containers.length > 0) await docker("rm", "--force", "--volumes", ...containers);
    await docker("network", "rm", this.prefix);
  }
}
