import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../tools/shell";
import { runCommand } from "./runCommand";
import { Refusal, refusal } from "../refusal";

/** What says of a version that it may be released. */
export interface Release {
  /** The tag of the release. */
  readonly tag: string;
  /** The version in package.json. */
  readonly version: string;
  /** The text of CHANGELOG.md. */
  readonly changelog: string;
}

/** Why a version cannot be released; nothing if it can. */
export function releaseProblems({ tag, version, changelog }: Release): Refusal[] {
  const [, newest] = /^## (\S+)$/m.exec(changelog) ?? [];
  return [
    ...(tag === `v${version}`
      ? []
      : [
          refusal`The tag is ${tag}, the version in package.json ${version}: tag the release v${version}.`,
        ]),
    ...(newest === version
      ? []
      : [
          refusal`CHANGELOG.md begins with ${newest ?? "no version"}: say above it, under "## ${version}", what is new.`,
        ]),
  ];
}

/** Publishes the package of a checkout, as the repository in which this runs; npm adds the proof of that. */
export async function release(checkout: string, env: NodeJS.ProcessEnv): Promise<void> {
  const read = (file: string) => readFileSync(join(checkout, file), "utf8");
  const manifest = JSON.parse(read("package.json")) as { version: string };
  const tag = env.GITHUB_REF_NAME ?? "";
  const problems = releaseProblems({
    tag,
    version: manifest.version,
    changelog: read("CHANGELOG.md"),
  });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const url = `git+${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}.git`;
  const published = { ...manifest, repository: { type: "git", url } };
  writeFileSync(join(checkout, "package.json"), `${JSON.stringify(published, undefined, 2)}\n`);
  await run("npm", ["publish", "--provenance", "--access", "public"], {
    cwd: checkout,
    onLine: (line) => process.stderr.write(`${line}\n`),
  });
}

if (require.main === module) runCommand(() => release(join(__dirname, "../.."), process.env));
