import { LocalWorkspace, Stack } from "@pulumi/pulumi/automation";
import { Command } from "commander";
import { NO_BACKUP } from "../components/gate/freshBackup";
import { makeBackup } from "./makeBackup";
import { runCommand } from "./pipeline/runCommand";

interface Options {
  readonly stack: string;
  readonly airflow?: string;
  readonly fab?: string;
  readonly backup: boolean;
  readonly cwd: string;
}

const command = new Command("npm run back --")
  .description(
    "Stops the Airflow of a stack and takes its database back to the schema of a former version, which can be deployed then.",
  )
  .requiredOption("-s, --stack <name>", "the stack")
  .option("--airflow <version>", "the former version of Airflow, such as 3.2.2")
  .option("--fab <version>", "that of apache-airflow-providers-fab, where its schema differs too")
  .option("--no-backup", "do without a backup of the database")
  .option("--cwd <folder>", "the folder with Pulumi.yaml", ".");

const SETTING = "airflow:downgrade";
const KEPT_DAYS = 30;

async function main(): Promise<void> {
  const options = command.parse().opts<Options>();
  const { stack: stackName, airflow, fab, cwd } = options;
  if (!airflow && !fab) throw new Error("Give the former version: --airflow 3.2.2");
  const stack = await LocalWorkspace.selectStack({ stackName, workDir: cwd });
  const backup = options.backup ? await backupOf(stackName, cwd) : NO_BACKUP;
  await stack.removeConfig(SETTING);
  await set(stack, { airflow, fab, backup });
  await stack.up({ onOutput: (text) => process.stderr.write(text) });
  await stack.removeConfig(SETTING);
  process.stdout.write(
    `The database of ${stackName} has the schema of the former version; nothing of Airflow runs. Now deploy that version: ` +
      `check out its commit, or set airflow:images to its images, and type \`pulumi up -s ${stackName}\`.\n`,
  );
}

async function backupOf(stack: string, folder: string): Promise<string> {
  return (await makeBackup({ stack, folder, days: KEPT_DAYS })).id;
}

async function set(stack: Stack, settings: Record<string, string | undefined>): Promise<void> {
  for (const [key, value] of Object.entries(settings)) {
    if (value !== undefined) await stack.setConfig(`${SETTING}.${key}`, { value }, true);
  }
}

runCommand(main);
