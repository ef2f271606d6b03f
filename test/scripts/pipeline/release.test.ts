import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { release, releaseProblems } from "../../../scripts/pipeline/release";

const good = { tag: "v1.2.0", version: "1.2.0", changelog: "# Changelog\n\n## 1.2.0\n\n- New.\n" };

test("a version with its tag and its part of the changelog can be released", () => {
  expect(releaseProblems(good)).toEqual([]);
});

test.each([
  [{ tag: "v1.1.0" }, "The tag is v1.1.0, the version in package.json 1.2.0"],
  [{ tag: "1.2.0" }, "tag the release v1.2.0"],
  [
    { changelog: "# Changelog\n\n## 1.1.0\n" },
    'CHANGELOG.md begins with 1.1.0: say above it, under "## 1.2.0"',
  ],
  [{ changelog: "" }, "CHANGELOG.md begins with no version"],
])("%j is refused", (mistake, said) => {
  expect(releaseProblems({ ...good, ...mistake })).toEqual([expect.stringContaining(said)]);
});

test("this checkout's version is in its changelog", () => {
  const read = (file: string) => readFileSync(join(__dirname, "../../..", file), "utf8");
  const { version } = JSON.parse(read("package.json")) as { version: string };
  const changelog = read("CHANGELOG.md");
  expect(releaseProblems({ tag: `v${version}`, version, changelog })).toEqual([]);
});

describe("a release", () => {
  const folder = mkdtempSync(join(tmpdir(), "release-"));
  const path = process.env.PATH;
  const github = {
    GITHUB_REF_NAME: "v1.2.0",
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_REPOSITORY: "acme/airflow",
  };
  const published = () => readFileSync(join(folder, "published"), "utf8");

  beforeEach(() => {
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "it", version: "1.2.0" }));
    writeFileSync(join(folder, "CHANGELOG.md"), good.changelog);
    // Stands for npm, and tells how it was called.
    writeFileSync(join(folder, "npm"), '#!/bin/sh\n{ echo "$@"; cat package.json; } > published\n');
    chmodSync(join(folder, "npm"), 0o755);
    process.env.PATH = [folder, path].join(delimiter);
  });
  afterEach(() => {
    process.env.PATH = path;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is published with a proof, as what the repository is called", async () => {
    await release(folder, github);
    expect(published()).toMatch(/^publish --provenance --access public\n/);
    expect(published()).toContain('"url": "git+https://github.com/acme/airflow.git"');
    rmSync(join(folder, "published"));
  });

  it("of another tag publishes nothing", async () => {
    await expect(release(folder, { ...github, GITHUB_REF_NAME: "v1.3.0" })).rejects.toThrow(
      "v1.3.0",
    );
    expect(published).toThrow("ENOENT");
  });
});
