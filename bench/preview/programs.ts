import { mkdirSync, copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { PulumiProject } from "../../scripts/pulumiProject";
import { say } from "../../tools/progress";
import { run } from "../../tools/shell";
import { Terraform } from "../../tools/terraform";

/** Something that is timed, ready to run again and again. */
export interface Timed {
  readonly name: string;
  run(): Promise<unknown>;
}

/** Credentials of nobody: neither a preview nor a plan of what is not there yet asks Scaleway anything. */
const credentials = {
  SCW_ACCESS_KEY: "SCWXXXXXXXXXXXXXXXXX",
  SCW_SECRET_KEY: "11111111-1111-1111-1111-111111111111",
  SCW_DEFAULT_PROJECT_ID: "22222222-2222-2222-2222-222222222222",
  SCW_DEFAULT_ORGANIZATION_ID: "33333333-3333-3333-3333-333333333333",
  SCW_API_URL: "http://127.0.0.1:9",
};

/** How a program to preview differs from this repository's. */
interface Variant {
  /** A program in this folder that takes the place of `index.ts`. */
  readonly program?: string;
  /** What stands in Pulumi.yaml in place of its `runtime`. */
  readonly runtime?: string;
  readonly config?: Record<string, string>;
}

/** The preview of a program whose stack is empty. */
export async function previewOf(
  folder: string,
  name: string,
  { program, runtime, config }: Variant = {},
): Promise<Timed> {
  const project = new PulumiProject(join(folder, name.replaceAll(/\W/g, "-")), credentials);
  if (program) replaceProgram(project.folder, program);
  if (runtime) replaceRuntime(join(project.folder, "Pulumi.yaml"), runtime);
  await project.stack("preprod", config);
  return { name, run: () => pulumi(project, "preview") };
}

/** Runs `pulumi` on the project's stack as people do. */
export function pulumi({ folder, env }: PulumiProject, ...command: string[]): Promise<string> {
  const options = ["--non-interactive", "--stack", "preprod"];
  return run("pulumi", [...command, ...options], { cwd: folder, env });
}

function replaceProgram(project: string, program: string): void {
  rmSync(join(project, "index.ts"));
  writeFileSync(join(project, "index.ts"), `import "./bench/preview/${program}";\n`);
}

function replaceRuntime(file: string, runtime: string): void {
  writeFileSync(file, stringify({ ...parse(readFileSync(file, "utf8")), runtime }));
}

/** The plan of the same resources by Terraform, whose state is empty. */
export async function planOf(folder: string, { binary, env }: Terraform): Promise<Timed> {
  const cwd = join(folder, "terraform");
  mkdirSync(cwd, { recursive: true });
  copyFileSync(join(__dirname, "terraform", "main.tf"), join(cwd, "main.tf"));
  const options = { cwd, env: { ...env, ...credentials } };
  await run(binary, ["init", "-input=false"], options);
  return { name: "terraform plan", run: () => run(binary, ["plan", "-input=false"], options) };
}

/** Seconds of each, run one after the other, again and again, so that what else the machine does falls on all. */
export async function inTurns(timed: readonly Timed[], runs: number): Promise<number[][]> {
  const found: number[][] = timed.map(() => []);
  for (const each of timed) await each.run(); // fills what each keeps for the next time
  for (let turn = 0; turn < runs; turn += 1) {
    for (const [index, each] of timed.entries()) {
      const begun = performance.now();
      await each.run();
      found[index]!.push((performance.now() - begun) / 1_000);
    }
    say(`Turn ${turn + 1}: ${found.map((seconds) => seconds.at(-1)!.toFixed(2)).join(", ")} s`);
  }
  return found;
}
