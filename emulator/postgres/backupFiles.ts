import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../../tools/shell";
import { type Config, stateFolder } from "../config";
import type { BackupStore } from "../products/rdb/backups";
import { createDatabase, listDatabases } from "./databases";
import { type DatabaseHost, superadmin } from "./host";

/** Copies of databases, made and put back by PostgreSQL's own programs, in files that outlive the instance. */
export class BackupFiles implements BackupStore {
  private readonly folder: string;

  constructor(
    private readonly config: Config,
    private readonly host: DatabaseHost,
  ) {
    this.folder = stateFolder(config, "backups");
  }

  async dump(backup: string, instance: string, database: string): Promise<number> {
    const file = this.fileOf(backup);
    await this.client("pg_dump", instance, database, "--format=custom", `--file=${file}`);
    return (await stat(file)).size;
  }

  /** Owners and rights of what is restored are those of the backup, as far as the users are there. */
  async restore(backup: string, instance: string, database: string): Promise<void> {
    await this.host.as(instance, "postgres", async (client) => {
      const there = (await listDatabases(client)).some(({ name }) => name === database);
      if (!there) await createDatabase(client, database);
    });
    const options = ["--clean", "--if-exists", "--exit-on-error", "--single-transaction"];
    await this.client("pg_restore", instance, database, ...options, this.fileOf(backup));
  }

  async remove(backup: string): Promise<void> {
    await rm(this.fileOf(backup), { force: true });
  }

  private client(
    program: "pg_dump" | "pg_restore",
    instance: string,
    database: string,
    ...args: string[]
  ): Promise<string> {
    const server = [`--host=${this.host.controlFolder(instance)}`, `--username=${superadmin}`];
    return run(join(this.config.postgresClients, program), [
      ...server,
      `--dbname=${database}`,
      ...args,
    ]);
  }

  private fileOf(backup: string): string {
    return join(this.folder, `${backup}.dump`);
  }
}
