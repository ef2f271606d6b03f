import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { Command } from "commander";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { ensureEngine } from "../../tools/engine";
import { CommandFailed, run } from "../../tools/shell";
import { PulumiProject } from "../pulumiProject";
import { runCommand } from "./runCommand";
import { previewComment } from "./previewComment";
import { PreviewSummary } from "./previewSummary";
import { Digest, summarize } from "./summarize";

const command = new Command("npm run preview --")
  .description("Says what an update of a stack would do, and writes a summary for the comment.")
  .requiredOption("-s, --stack <name>", "the stack")
  .requiredOption("-o, --out <file>", "where to write the summary");

/** Says what an update of a stack would do, without Docker, and without writing anything but the summary. */
export async function preview(project: string, stack: string): Promise<PreviewSummary> {
  const isThere = process.env.PULUMI_CONFIG_PASSPHRASE && (await stacks(project)).includes(stack);
  return isThere ? previewIn(project, stack, credentialsOfNobody, true) : previewOfNothing(stack);
}

async function stacks(workDir: string): Promise<string[]> {
  const workspace = await LocalWorkspace.create({ workDir });
  return (await workspace.listStacks()).map(({ name }) => name);
}

/**
 * Pull requests from forks get no secrets, so no state, and a stack that was never deployed has none, nor can a key that
 * reads make one: what is there to see is what the settings come to.
 */
async function previewOfNothing(stackName: string): Promise<PreviewSummary> {
  const folder = mkdtempSync(join(tmpdir(), "airflow-preview-"));
  try {
    const project = new PulumiProject(folder, credentialsOfNobody);
    const stack = await project.stack(stackName);
    // The other stack, whose images would be promoted, is not to be seen either.
    await stack.removeConfig("airflow:images");
    return await previewIn(project.folder, stackName, project.env, false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Well-formed, as the provider wants to have some; a preview asks Scaleway nothing. */
const credentialsOfNobody = {
  SCW_ACCESS_KEY: "SCWXXXXXXXXXXXXXXXXX",
  SCW_SECRET_KEY: "11111111-1111-1111-1111-111111111111",
  SCW_DEFAULT_PROJECT_ID: "11111111-1111-1111-1111-111111111111",
  SCW_DEFAULT_ORGANIZATION_ID: "11111111-1111-1111-1111-111111111111",
};

async function previewIn(
  cwd: string,
  stack: string,
  env: NodeJS.ProcessEnv,
  comparedWithDeployed: boolean,
): Promise<PreviewSummary> {
  try {
    const args = ["preview", "--json", "--non-interactive", "--stack", stack];
    const digest = JSON.parse(await run("pulumi", args, { cwd, env })) as Digest;
    return { stack, comparedWithDeployed, ...summarize(digest) };
  } catch (error) {
    const failure = error instanceof CommandFailed ? reasons(error.output) : String(error);
    return { stack, comparedWithDeployed, changes: [], failure };
  }
}

/** That it is an error is said already, and Pulumi names every resource that waits for a value that could not be had. */
const WRAPPING = /^error: |(error serializing property "[^"]*": )+/g;

/** What the engine printed about errors, which is in the digest if there is one. */
function reasons(output: string): string {
  const digest = /^\{$[\s\S]*?^\}$/m.exec(output)?.[0];
  const { diagnostics = [] } = JSON.parse(digest ?? "{}") as Digest;
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return errors.map(({ message }) => message.trim().replace(WRAPPING, "")).join("\n") || output;
}

async function main(): Promise<void> {
  const { stack, out } = command.parse().opts<{ stack: string; out: string }>();
  Object.assign(process.env, await ensureEngine());
  const summary = await preview(resolve(__dirname, "../.."), stack);
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, JSON.stringify(summary, undefined, 2));
  process.stdout.write(`${previewComment([summary])}\n`);
  if (summary.failure !== undefined) throw new Error(`An update of ${stack} would be refused.`);
}

if (require.main === module) runCommand(main);
