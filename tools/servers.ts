import { existsSync } from "node:fs";
import { chmod, readdir } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder, makeOnce } from "./cache";
import { installGoCommand } from "./goModule";
import { step } from "./progress";
import { CommandFailed, run, succeeds } from "./shell";

const pgserver = "pgserver==0.1.4"; // holds PostgreSQL 16.2, which copies from and to every 16
const versitygw = "github.com/versity/versitygw/cmd/versitygw@v1.8.0";

/** Paths of the server binaries that the emulator runs as its children. */
export interface EmulatorServers {
  versitygw: string;
  registry: string;
  /** Folder with pg_dump and pg_restore. */
  postgresClients: string;
}

/** Makes sure that the programs of other people that the emulator runs are on this machine. */
export async function ensureServers(): Promise<EmulatorServers> {
  const registry = await ensureRegistry();
  const postgresClients = await ensurePostgresClients();
  return {
    versitygw: await installGoCommand(versitygw, "the object storage server"),
    registry,
    postgresClients,
  };
}

/** PostgreSQL's own packages where they are installed, else its programs as a Python package ships them. */
async function ensurePostgresClients(): Promise<string> {
  const debian = "/usr/lib/postgresql/16/bin";
  if (existsSync(join(debian, "pg_dump"))) return debian;
  const folder = cacheFolder("bin", "postgres-clients");
  const bin = join(folder, "pgserver", "pginstall", "bin");
  await makeOnce("postgres-clients", pgserver, () => download(folder, bin), [join(bin, "pg_dump")]);
  return bin;
}

async function download(folder: string, bin: string): Promise<void> {
  await step("Fetching pg_dump and pg_restore", async () => {
    const options = ["--no-deps", "--only-binary=:all:", "--python-version=3.11", "--quiet"];
    await run("python3", ["-m", "pip", "download", ...options, `--dest=${folder}`, pgserver]);
    const [wheel] = (await readdir(folder)).filter((name) => name.endsWith(".whl"));
    await run("python3", ["-m", "zipfile", "--extract", join(folder, wheel!), folder]);
    for (const name of ["pg_dump", "pg_restore"]) await chmod(join(bin, name), 0o755);
  }).catch((error: CommandFailed) => {
    throw new Error(
      `pg_dump and pg_restore of PostgreSQL 16 are missing: install postgresql-client-16, or python3-pip to fetch them\n${error.message}`,
    );
  });
}

async function ensureRegistry(): Promise<string> {
  const found = () => run("sh", ["-c", "command -v docker-registry"]).catch(() => undefined);
  const present = await found();
  if (present !== undefined) return present;
  const canInstall = process.getuid?.() === 0 && (await succeeds("apt-get", ["--version"]));
  if (!canInstall) throw new Error(missingRegistry);
  await step("Installing docker-registry", async () => {
    await run("apt-get", ["update"]);
    await run("apt-get", ["install", "-y", "--no-install-recommends", "docker-registry"], {
      env: { DEBIAN_FRONTEND: "noninteractive" },
    });
  }).catch((error: CommandFailed) => {
    throw new Error(`${missingRegistry}\n${error.message}`);
  });
  return (await found())!;
}

const missingRegistry =
  "docker-registry is missing: install the Debian package `docker-registry` (apt-get install docker-registry)";
