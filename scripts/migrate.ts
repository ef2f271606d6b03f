import { Command } from "commander";
import { StackProject } from "./adoption/stackProject";
import { checkList, describeCheckList, settingsOf } from "./migration/checkList";
import { readVariables, Values } from "./migration/cleverVariables";
import { fetchDags, findDags } from "./migration/dags";
import { DatabaseCopy } from "./migration/database";
import { Refused } from "./migration/refused";
import { cellar, logFolder, sourceDatabase } from "./migration/source";
import { Target } from "./migration/target";
import { Bucket } from "./moving/bucket";
import { S3Access, s3ClientFor } from "./moving/client";
import { move } from "./moving/move";
import { refusal } from "./refusal";

interface Options {
  readonly stack: string;
  readonly env: string[];
  readonly cwd: string;
  readonly apply?: boolean;
}

/** Clever Cloud's S3 server has no regions, and takes any. */
const ANY_REGION = "us-east-1";

const ENV =
  "what `clever env` and `clever addon env` printed, in any of their formats; it holds secrets";

/** `migrate`: moves an Airflow from Clever Cloud into an environment, step by step. */
export const migrateCommand = new Command("migrate")
  .description(
    "Moves an Airflow from Clever Cloud into an environment on Scaleway. Nothing is written at Clever Cloud, and nothing at all without --apply.",
  )
  .addCommand(
    stackStep("variables", "says what becomes of each variable, and writes the stack's settings")
      .option("--logs-in-cellar", "let Airflow keep its logs in Cellar, until they are moved")
      .action(moveVariables),
  )
  .addCommand(
    stackStep(
      "database",
      "copies the metadata database, upgrades it and encrypts it anew; without --apply, beside the environment's own",
    ).action(async (options: Options) => {
      const source = sourceDatabase(readVariables(options.env));
      const target = await Target.of(options.stack, options.cwd);
      await new DatabaseCopy(source, target).migrate(options.apply === true);
      print(options.apply ? MOVED : REHEARSED);
    }),
  )
  .addCommand(
    stackStep("logs", "copies the task logs from Cellar, and compares both sides").action(moveLogs),
  )
  .addCommand(
    step("dags", "fetches the DAGs from Cellar into the folder from which images are built")
      .requiredOption("--from <bucket>", "where they are, as s3://bucket/folder")
      .option("--into <folder>", "where they shall be", "airflow/dags")
      .action(moveDags),
  )
  .addHelpText("after", "\ndocs/migrate.md has the whole way, and the way back.");

const MOVED =
  "Moved: the environment's database is the former one, and its containers have started anew. What was there before is kept as a backup (docs/migrate.md, Back out).";
const REHEARSED =
  "This was a rehearsal: the copy is deleted, and nothing else was written. Add --apply.";

function step(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .requiredOption("--env <file...>", ENV)
    .option("--apply", "do it; without, it is only said or rehearsed");
}

function stackStep(name: string, description: string): Command {
  return step(name, description)
    .requiredOption("-s, --stack <name>", "the stack")
    .option("--cwd <folder>", "the folder with Pulumi.yaml", ".");
}

async function moveVariables(options: Options & { logsInCellar?: boolean }): Promise<void> {
  const variables = readVariables(options.env);
  const list = checkList(variables);
  const { plain, secret } = settingsOf(list, variables);
  const logs = options.logsInCellar ? logSettings(variables) : undefined;
  print(describeCheckList(list));
  if (logs) print(`Logs stay in ${logs.plain.name}: airflow:logs.existingBucket`);
  if (!options.apply) return print("Nothing was written. Add --apply.");
  const project = await StackProject.open(options.cwd, options.stack);
  for (const [name, value] of Object.entries(secret)) {
    await project.writeSecret(["secretVariables", "all", name], value);
  }
  if (logs) {
    await project.writeSecret(["logs", "existingBucket", "secretKey"], logs.secretKey);
    project.writeSettings({ logs: { existingBucket: logs.plain } });
  }
  project.writeSettings({ variables: { all: plain } });
  print(`Written into Pulumi.${options.stack}.yaml. See what that does: pulumi preview`);
}

function logSettings(variables: Values) {
  const { endpoint, accessKey, secretKey } = cellar(variables);
  const [name = "", ...folders] = logFolder(variables).slice("s3://".length).split("/");
  if (folders.some(Boolean)) {
    throw new Refused([
      refusal`Logs are in a folder of the bucket ${name}, and --logs-in-cellar is for whole buckets: move the logs first`,
    ]);
  }
  return { plain: { endpoint, region: ANY_REGION, name, accessKey }, secretKey };
}

async function moveLogs(options: Options): Promise<void> {
  const variables = readVariables(options.env);
  const { logs } = await Target.of(options.stack, options.cwd);
  const from = new Bucket(cellarClient(variables), logFolder(variables));
  const to = new Bucket(client(logs, logs), logs.location);
  const words = { flag: "--apply", help: "docs/migrate.md" };
  if (!(await move(from, to, options.apply === true, words))) process.exitCode = 1;
}

async function moveDags(options: Options & { from: string; into: string }): Promise<void> {
  const from = new Bucket(cellarClient(readVariables(options.env)), options.from);
  const { missing, different } = await findDags(from, options.into);
  for (const key of missing) print(`  ${options.apply ? "fetched" : "would be fetched"}: ${key}`);
  for (const key of different) print(`  differs, and stays as it is here: ${key}`);
  if (!options.apply) return print("Nothing was fetched. Add --apply.");
  await fetchDags(from, options.into, missing);
}

function cellarClient(variables: Values) {
  const keys = cellar(variables);
  return client({ endpoint: keys.endpoint, region: ANY_REGION }, keys);
}

function client(access: S3Access, keys: { accessKey: string; secretKey: string }) {
  return s3ClientFor(access, "", {
    ...process.env,
    AWS_ACCESS_KEY_ID: keys.accessKey,
    AWS_SECRET_ACCESS_KEY: keys.secretKey,
  });
}

function print(text: string): void {
  process.stdout.write(`${text.trimEnd()}\n`);
}
