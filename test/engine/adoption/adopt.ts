import { LocalWorkspace, Stack } from "@pulumi/pulumi/automation";
import { join, resolve } from "node:path";
import { PulumiProject } from "../../../scripts/pulumiProject";
import { run } from "../../../tools/shell";

const cli = join(resolve(__dirname, "../../.."), "scripts", "cli.ts");

/** How `adopt` is called in a project: as the package's command. */
export const adoptCommand = (project: PulumiProject, args: string[]): string[] => [
  "--import",
  "tsx",
  cli,
  "adopt",
  "--stack=preprod",
  `--cwd=${project.folder}`,
  ...args,
];

/** Runs `adopt` in a project; gives what it printed. */
export function adopt(project: PulumiProject, ...args: string[]): Promise<string> {
  return run(process.execPath, adoptCommand(project, args), { env: project.env });
}

/** The stack that was taken over, with the settings that it got, and the images to build on. */
export async function adoptedStack(
  { folder, env }: PulumiProject,
  images: Record<string, string>,
): Promise<Stack> {
  const stack = await LocalWorkspace.selectStack(
    { stackName: "preprod", workDir: folder },
    { envVars: env },
  );
  for (const [key, value] of Object.entries(images)) await stack.setConfig(key, { value });
  return stack;
}
