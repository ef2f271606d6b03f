import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { isOfPullRequest } from "../../components/names";

/** Gives the environment of a pull request, if it has no stack file yet, that of all such environments. */
export function ensureStackFile(project: string, stack: string): void {
  const file = join(project, `Pulumi.${stack}.yaml`);
  if (existsSync(file)) return;
  if (!isOfPullRequest(stack)) {
    throw new Error(
      `There is no Pulumi.${stack}.yaml; without one, only pull requests have an environment: pr-<number>`,
    );
  }
  copyFileSync(join(project, "Pulumi.pr.yaml"), file);
}
