import * as pulumi from "@pulumi/pulumi";
import { callScaleway } from "../scaleway/callScaleway";
import { UpdateFailed } from "../pulumi/updateFailed";

/** A database that may have backups. */
export interface BackedUpDatabase {
  /** As `region/id`; undefined for one that existed already. */
  readonly instanceId?: string;
  readonly databaseName: string;
  /** Secret key of a Scaleway API key that may read backups (`RelationalDatabasesReadOnly`). */
  readonly secretKey?: string;
}

/** A backup as Scaleway's API gives it. */
interface Backup {
  readonly status: string;
  readonly created_at: string;
  readonly instance_id: string;
  readonly database_name: string;
}

/** The backup that stands for doing without one. */
export const NO_BACKUP = "none";
const DAY = 24 * 3_600_000;

/** Fails the update unless the backup is there, of this database, and made within a day; `none` passes. */
export async function assertFreshBackup(backup: string, database: BackedUpDatabase): Promise<void> {
  if (pulumi.runtime.isDryRun() || backup === NO_BACKUP) return;
  const problem = await problemOf(backup, database).catch(({ message }: Error) => message);
  if (problem === undefined) return;
  throw new UpdateFailed(
    `airflow:downgrade.backup: ${backup} will not do: ${problem}. Nothing was stopped. Make a backup with ` +
      `\`npm run backup\` and name it here, or write ${NO_BACKUP} to do without.`,
  );
}

async function problemOf(id: string, database: BackedUpDatabase): Promise<string | undefined> {
  if (database.secretKey === undefined) return "without a secret key it cannot be looked at";
  if (database.instanceId === undefined) return "the database is not of this environment";
  const [region, instanceId] = database.instanceId.split("/");
  const path = `/rdb/v1/regions/${region}/backups/${encodeURIComponent(id)}`;
  const backup = await callScaleway<Backup>(path, database.secretKey);
  if (backup.instance_id !== instanceId || backup.database_name !== database.databaseName)
    return `it is of another database, ${backup.database_name}`;
  if (backup.status !== "ready") return `it is not ready but in status "${backup.status}"`;
  if (Date.now() - Date.parse(backup.created_at) > DAY)
    return `it was made at ${backup.created_at}, more than a day ago`;
  return undefined;
}
