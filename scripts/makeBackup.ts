import { step } from "../tools/progress";
import { deployedDatabase } from "./deployedDatabase";
import { DatabaseBackup, ManagedDatabase } from "./managedDatabase";
import { ScalewayApi } from "./scalewayApi";

const DAY = 24 * 3_600_000;

/** What to back up, and for how long to keep that. */
export interface BackupOrder {
  readonly stack: string;
  /** The folder with Pulumi.yaml. */
  readonly folder: string;
  readonly days: number;
}

/** Makes a backup of the database of a stack, named by stack and time. */
export async function makeBackup({ stack, folder, days }: BackupOrder): Promise<DatabaseBackup> {
  const api = new ScalewayApi(process.env);
  const database = new ManagedDatabase(api, await deployedDatabase(stack, folder));
  const now = new Date();
  const name = `${stack}-${now.toISOString().slice(0, 19)}`;
  return step(`Making the backup ${name}`, () =>
    database.makeBackup(name, new Date(now.getTime() + days * DAY)),
  );
}
