import { spawnSync } from "node:child_process";
import { cacheFolder } from "../tools/cache";
import { ensureEngine } from "../tools/engine";
import { say } from "../tools/progress";
import { PulumiProject } from "./pulumiProject";

/** Runs a `pulumi` command on what `npm run try` has brought up, for example `stack output`. */
async function main(args: string[]): Promise<void> {
  const engine = await ensureEngine();
  const { folder, env } = new PulumiProject(cacheFolder("try"), engine);
  const { status } = spawnSync("pulumi", ["--cwd", folder, ...args], {
    env: { ...process.env, ...env },
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
}

main(process.argv.slice(2)).catch((error: Error) => {
  say(error.message);
  process.exitCode = 1;
});
