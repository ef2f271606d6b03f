import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { dockerClient } from "../../tools/docker";
import { run } from "../../tools/shell";

/** What people see of these Docker containers without being in them: their logs, and all about their images. */
export async function dockerTraces(containers: string[]): Promise<Record<string, string>> {
  const traces: Record<string, string> = {};
  for (const container of containers) {
    traces[`logs of ${container}`] = await both(["logs", container]);
    const image = (await both(["inspect", "--format={{.Image}}", container])).trim();
    traces[`inspect of ${image}`] ??= await both(["image", "inspect", image]);
    traces[`history of ${image}`] ??= await both(["history", "--no-trunc", image]);
  }
  return traces;
}

/** What Docker's client prints, on both streams. */
async function both(args: string[]): Promise<string> {
  const lines: string[] = [];
  await run(await dockerClient(), args, { onLine: (line) => lines.push(line) });
  return lines.join("\n");
}

/** Every file in a folder, by its path. */
export function filesIn(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
  return Object.fromEntries(
    files.map((path) => [relative(folder, path), readFileSync(path, "utf8")]),
  );
}
