import { parseArgs } from "node:util";
import { parseDays } from "../components/checks/units";
import { say, step } from "../tools/progress";
import { deployedDatabase } from "./deployedDatabase";
import { ManagedDatabase } from "./managedDatabase";
import { ScalewayApi } from "./scalewayApi";

const DAY = 24 * 3_600_000;

/** Makes a logical backup of the database of a stack, which `npm run restore` takes. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      stack: { type: "string", short: "s" },
      keep: { type: "string", default: "30 days" },
      cwd: { type: "string", default: "." },
    },
  });
  if (!values.stack) throw new Error("Say which stack: npm run backup -- --stack preprod");
  const days = parseDays(values.keep);
  if (!days) throw new Error(`--keep ${values.keep} is no number of days, such as "30 days"`);
  const api = new ScalewayApi(process.env);
  const database = new ManagedDatabase(api, await deployedDatabase(values.stack, values.cwd));
  const now = new Date();
  const name = `${values.stack}-${now.toISOString().slice(0, 19)}`;
  const { id, size, same_region } = await step(`Making the backup ${name}`, () =>
    database.makeBackup(name, new Date(now.getTime() + days * DAY)),
  );
  const place = same_region ? "the database's own region" : "another region";
  process.stdout.write(`${id}: ${size} bytes in ${place}, kept for ${days} days\n`);
}

main().catch((error: Error) => {
  say(error.message);
  process.exitCode = 1;
});
