import { Command } from "commander";
import { say, step } from "../tools/progress";
import { deployedDatabase } from "./deployedDatabase";
import { DatabaseBackup, ManagedDatabase } from "./managedDatabase";
import { restoreSteps } from "./restoreSteps";
import { ScalewayApi } from "./scalewayApi";

interface Options {
  readonly stack: string;
  readonly backup: string;
  readonly cwd: string;
  readonly apply?: boolean;
}

const command = new Command("npm run restore --")
  .description("Puts a backup into the database of a stack and starts its containers anew.")
  .requiredOption("-s, --stack <name>", "the stack")
  .option("--backup <id>", "the backup, or latest", "latest")
  .option("--cwd <folder>", "the folder with Pulumi.yaml", ".")
  .option("--apply", "do it; without, only what would be done is said");

async function main(): Promise<void> {
  const { stack, backup: wanted, cwd, apply } = command.parse().opts<Options>();
  const api = new ScalewayApi(process.env);
  const database = new ManagedDatabase(api, await deployedDatabase(stack, cwd));
  const backup = await database.backup(wanted);
  refuseUnready(backup);
  say(`${describe(backup)} goes into the database ${nameOf(database)}.`);
  const steps = await restoreSteps(database, backup);
  if (!apply) {
    for (const [what] of steps) process.stdout.write(`  would be done: ${what}\n`);
    process.stdout.write("Nothing is done yet: add --apply.\n");
    return;
  }
  for (const [what, work] of steps) await step(what, work);
  process.stdout.write(`Restored: Airflow is back as it was at ${backup.created_at}.\n`);
}

function refuseUnready({ id, status }: DatabaseBackup): void {
  if (status !== "ready") throw new Error(`The backup ${id} is not ready but "${status}".`);
}

function describe({ id, name, created_at, database_name, instance_name, size }: DatabaseBackup) {
  return `The backup ${name} (${id}) of ${instance_name}/${database_name}, made at ${created_at}, ${size} bytes,`;
}

const nameOf = ({ deployed }: ManagedDatabase) =>
  `${deployed.instanceName}/${deployed.databaseName}`;

main().catch((error: Error) => {
  say(error.message);
  process.exitCode = 1;
});
