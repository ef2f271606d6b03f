import { Command } from "commander";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { runCommand } from "./runCommand";
import { Comment, GitHub } from "./github";
import { previewComment } from "./previewComment";
import { PreviewSummary, previewSummary } from "./previewSummary";

const command = new Command("npm run preview:comment --")
  .description("Writes the previews of a pull request under it, in a workflow that follows theirs.")
  .requiredOption("-p, --previews <folder>", "where the summaries are");

/** By this, the comment is found again. */
const MARK = "<!-- what this pull request changes -->";
const BOT = "github-actions[bot]";
const STACKS = ["preprod", "prod"];
const LARGEST = 1_000_000;

/** What GitHub tells of the run of another workflow. Which pull request it was is asked of GitHub, not of the run. */
const workflowRun = z.object({
  workflow_run: z.object({
    head_sha: z.string(),
    head_branch: z.string(),
    head_repository: z.object({ owner: z.object({ login: z.string() }) }),
  }),
});

/**
 * Writes the previews of a pull request under it, into one comment that stays the same. The previews were made by the
 * pull request's own code, so nothing is believed but what its schema allows, and none of it runs.
 */
export async function comment(folder: string, event: unknown, github: GitHub): Promise<void> {
  const { workflow_run: run } = workflowRun.parse(event);
  const branch = [run.head_repository.owner.login, run.head_branch] as const;
  const open = await github.openPullRequests(...branch);
  const body = `${MARK}\n${previewComment(STACKS.map((stack) => readSummary(folder, stack)))}`;
  for (const { number } of open.filter(({ head }) => head.sha === run.head_sha)) {
    const former = (await github.comments(number)).find(isOurs);
    if (former) await github.replaceComment(former.id, body);
    else await github.addComment(number, body);
  }
}

function isOurs({ body, user }: Comment): boolean {
  return user?.login === BOT && user.type === "Bot" && (body ?? "").startsWith(MARK);
}

function readSummary(folder: string, stack: string): PreviewSummary {
  const file = join(folder, `${stack}.json`);
  if (statSync(file).size > LARGEST) throw new Error(`${file} is too large to be a preview`);
  return { ...previewSummary.parse(JSON.parse(readFileSync(file, "utf8"))), stack };
}

async function main(): Promise<void> {
  const { previews } = command.parse().opts<{ previews: string }>();
  const event = JSON.parse(readFileSync(process.env.GITHUB_EVENT_PATH ?? "", "utf8")) as unknown;
  await comment(previews, event, new GitHub(process.env));
}

if (require.main === module) runCommand(main);
