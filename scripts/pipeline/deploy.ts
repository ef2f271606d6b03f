import { Command } from "commander";
import { resolve } from "node:path";
import { ensureEngine } from "../../tools/engine";
import { run } from "../../tools/shell";
import { runCommand } from "./runCommand";
import { ensureStackFile } from "./stackFile";
import { tagVersions } from "./versionTags";

const command = new Command("npm run deploy --")
  .description("Brings a stack up, in the state that PULUMI_BACKEND_URL names.")
  .requiredOption("-s, --stack <name>", "the stack: preprod, prod, or pr-<number>");

/** Brings a stack up, creating it if need be, in the state that `PULUMI_BACKEND_URL` names, and tags what it runs. */
export async function deploy(project: string, stackName: string): Promise<void> {
  const { SCW_SECRET_KEY: secretKey, GITHUB_SHA: commit } = process.env;
  if (!secretKey) {
    throw new Error("SCW_SECRET_KEY is not set: give it the secret key of the key that deploys.");
  }
  ensureStackFile(project, stackName);
  const pulumi = (...args: string[]) =>
    run("pulumi", [...args, "--stack", stackName, "--non-interactive"], {
      cwd: project,
      env: { DEPLOY_COMMIT: commit ?? "" },
      onLine: (line) => process.stderr.write(`${line}\n`),
    });
  await pulumi("stack", "select", "--create");
  await pulumi("up", "--yes", "--skip-preview");
  const images = await pulumi("stack", "output", "images", "--json");
  await tagVersions(stackName, JSON.parse(images), secretKey);
}

async function main(): Promise<void> {
  const { stack } = command.parse().opts<{ stack: string }>();
  Object.assign(process.env, await ensureEngine());
  await deploy(resolve(__dirname, "../.."), stack);
}

if (require.main === module) runCommand(main);
