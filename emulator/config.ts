import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { cachePath } from "../tools/cache";

/** Where the emulator keeps its state and which programs it runs; from EMULATOR_* variables. */
export interface Config {
  /** Folder of everything that survives a restart. */
  state: string;
  /** Base image of the PostgreSQL image. */
  debianImage: string;
  versitygw: string;
  registry: string;
  /** Folder with pg_dump and pg_restore of PostgreSQL 16. */
  postgresClients: string;
  /** Port of the API; 0 chooses a free one at the first start, which then stays. */
  apiPort: number;
}

/** Reads the configuration; the state folder exists afterwards, readable by its owner only. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const state = env.EMULATOR_STATE ?? cachePath("emulator", "state");
  mkdirSync(state, { recursive: true, mode: 0o700 });
  return {
    state,
    debianImage: env.EMULATOR_DEBIAN_IMAGE ?? "debian:bookworm-slim",
    versitygw: env.EMULATOR_VERSITYGW ?? cachePath("bin", "versitygw"),
    registry: env.EMULATOR_REGISTRY ?? "docker-registry",
    postgresClients: env.EMULATOR_POSTGRES_CLIENTS ?? "/usr/lib/postgresql/16/bin",
    apiPort: Number(env.EMULATOR_API_PORT ?? 0),
  };
}

/** A folder inside the state folder; it exists afterwards. */
export function stateFolder(config: Pick<Config, "state">, ...parts: string[]): string {
  const folder = join(config.state, ...parts);
  mkdirSync(folder, { recursive: true });
  return folder;
}
