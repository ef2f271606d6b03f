import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { Command, InvalidArgumentError } from "commander";
import { resolve } from "node:path";
import { isOfPullRequest } from "../../components/names";
import { ensureEngine } from "../../tools/engine";
import { runCommand } from "./runCommand";
import { GitHub } from "./github";

/** Says of a pull request whether it is closed. */
export type IsClosed = (pullRequest: number) => boolean | Promise<boolean>;

/** What the reaper is told on the command line. */
export interface Orders {
  /** The pull requests that are closed; undefined: GitHub knows. */
  readonly closed?: ReadonlySet<number>;
  /** Whether to destroy, or only to say what would be. */
  readonly destroy: boolean;
}

/** Reads `--closed 12,13 --destroy`; refuses everything else. */
export function readOrders(args: string[], command = new Command("npm run reap --")): Orders {
  command
    .description("Lists the stacks pr-<number> whose pull request is closed; looks at no others.")
    .option(
      "--closed <numbers>",
      "pull requests that are closed; otherwise GitHub is asked",
      numbers,
    )
    .option("--destroy", "remove these stacks, with all that is in them", false);
  return command.parse(args, { from: "user" }).opts<Orders>();
}

function numbers(list: string, former: ReadonlySet<number> = new Set()): ReadonlySet<number> {
  const texts = list.split(",");
  if (texts.every((text) => /^[1-9]\d{0,8}$/.test(text)))
    return new Set([...former, ...texts.map(Number)]);
  throw new InvalidArgumentError(`It takes numbers of pull requests, such as 12,13.`);
}

/** Of these stacks, those called `pr-<number>` whose pull request is closed, and no other whatever it is called. */
export async function stacksToReap(
  stacks: readonly string[],
  isClosed: IsClosed,
): Promise<string[]> {
  const found: string[] = [];
  for (const stack of stacks.filter(isOfPullRequest)) {
    if (await isClosed(Number(stack.slice("pr-".length)))) found.push(stack);
  }
  return found;
}

/** Removes the stacks of closed pull requests, with all that is in them; or says which it would. */
export async function reap(
  project: string,
  isClosed: IsClosed,
  { destroy }: Pick<Orders, "destroy">,
): Promise<string[]> {
  const workspace = await LocalWorkspace.create({ workDir: project });
  const names = (await workspace.listStacks()).map(({ name }) => name);
  const doomed = await stacksToReap(names, isClosed);
  if (!destroy) return doomed;
  const failed: string[] = [];
  for (const stackName of doomed) {
    const stack = await LocalWorkspace.selectStack({ stackName, workDir: project });
    const onOutput = (text: string) => process.stderr.write(text);
    await stack.destroy({ onOutput, remove: true }).catch(() => failed.push(stackName));
  }
  if (failed.length > 0) throw new Error(`These could not be removed: ${failed.join(", ")}`);
  return doomed;
}

async function main(): Promise<void> {
  const { closed, destroy } = readOrders(process.argv.slice(2));
  Object.assign(process.env, await ensureEngine());
  const isClosed: IsClosed = closed ? (number) => closed.has(number) : closedOnGitHub(process.env);
  const doomed = await reap(resolve(__dirname, "../.."), isClosed, { destroy });
  const what = destroy ? "Removed" : "To be removed with --destroy";
  process.stdout.write(`${what}: ${doomed.join(", ") || "none"}\n`);
}

/** A pull request that GitHub does not know is not closed. */
export function closedOnGitHub(env: NodeJS.ProcessEnv): IsClosed {
  const github = new GitHub(env);
  return async (number) => (await github.pullRequest(number))?.state === "closed";
}

if (require.main === module) runCommand(main);
