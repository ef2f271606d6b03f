import { Command } from "commander";
import { parseDays } from "../components/checks/units";
import { say } from "../tools/progress";
import { makeBackup } from "./makeBackup";

const command = new Command("npm run backup --")
  .description("Makes a backup of the database of a stack, which `npm run restore` takes.")
  .requiredOption("-s, --stack <name>", "the stack")
  .option("--keep <days>", "for how long to keep it", "30 days")
  .option("--cwd <folder>", "the folder with Pulumi.yaml", ".");

async function main(): Promise<void> {
  const { stack, keep, cwd } = command.parse().opts<Record<"stack" | "keep" | "cwd", string>>();
  const days = parseDays(keep);
  if (!days) throw new Error(`--keep ${keep} is no number of days, such as "30 days"`);
  const { id, size, same_region } = await makeBackup({ stack, folder: cwd, days });
  const place = same_region ? "the database's own region" : "another region";
  process.stdout.write(`${id}: ${size} bytes in ${place}, kept for ${days} days\n`);
}

main().catch((error: Error) => {
  say(error.message);
  process.exitCode = 1;
});
