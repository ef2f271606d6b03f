import { DatabaseBackup, KEPT_PREFIX, ManagedDatabase } from "./managedDatabase";

/** One thing to do, in words and as work. */
export type Step = readonly [what: string, work: () => Promise<unknown>];

/**
 * What it takes to put a backup into a stack's database, in its order. What is there now is kept first, so that a restore
 * can be taken back.
 */
export async function restoreSteps(
  database: ManagedDatabase,
  backup: DatabaseBackup,
): Promise<Step[]> {
  const { databaseName, containers } = database.deployed;
  const kept = `${KEPT_PREFIX}${new Date().toISOString().slice(0, 19)}`;
  const former: Step[] = [
    ["Letting nobody into the database any more", () => database.close()],
    [`Keeping what is in it as the backup ${kept}`, () => database.makeBackup(kept)],
    [`Deleting the database ${databaseName}`, () => database.drop()],
  ];
  return [
    ...((await database.exists()) ? former : []),
    [`Making ${databaseName} from the backup`, () => database.restore(backup)],
    ["Letting Airflow's user in again", () => database.open()],
    ...containers.map((container): Step => [
      `Starting ${container.name} anew`,
      () => database.redeploy(container),
    ]),
  ];
}
