import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const root = join(__dirname, "../..");
const folder = join(root, ".github/workflows");
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

interface Step {
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Record<string, unknown>;
  readonly env?: Record<string, string>;
}

interface Job {
  readonly if?: string;
  readonly permissions?: Record<string, string>;
  readonly env?: Record<string, string>;
  readonly steps: Step[];
}

interface Workflow {
  readonly on: unknown;
  readonly permissions: Record<string, string>;
  readonly concurrency?: { group: string; "cancel-in-progress": boolean };
  readonly jobs: Record<string, Job>;
}

const files = readdirSync(folder);
const text = (file: string) => readFileSync(join(folder, file), "utf8");
const workflow = (file: string) => parse(text(file)) as Workflow;
const jobsOf = (file: string) => Object.values(workflow(file).jobs);
const stepsOf = (file: string) => jobsOf(file).flatMap(({ steps }) => steps);
const runs = files.flatMap((file) =>
  stepsOf(file).flatMap(({ run }) => (run ? [[file, run]] : [])),
);
const uses = files.flatMap((file) =>
  [...text(file).matchAll(/uses: (.*)/g)].map(([, use]) => [file, use!]),
);

test("there are workflows for pull requests, both deployments, releases and the reaper", () => {
  expect(files.sort()).toEqual([
    "cd.yml",
    "cd_prod.yml",
    "pull-request-comment.yml",
    "pull-request-environment.yml",
    "pull-request.yml",
    "reap.yml",
    "release.yml",
  ]);
});

test.each(uses)("%s: %s is pinned by digest, with its version beside it", (_file, use) => {
  expect(use).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test("an action has the same digest everywhere", () => {
  const byAction = new Map<string, Set<string>>();
  for (const [, use] of uses) {
    const [action, digest] = use!.split("@");
    byAction.set(action!, (byAction.get(action!) ?? new Set()).add(digest!));
  }
  expect([...byAction.values()].filter(({ size }) => size > 1)).toEqual([]);
});

test.each(runs)("%s: %j is a command of package.json, and holds no expression", (_file, run) => {
  const [, name] = /^npm run ([\w:]+)( -- [\w\s"$/.-]+)?$/.exec(run!) ?? [];
  if (run === "npm ci") return;
  expect(Object.keys(scripts)).toContain(name);
});

/** The token of an identity is how npm knows the workflow that publishes. */
const mayWrite: Record<string, string[]> = {
  "pull-request-comment.yml": ["pull-requests"],
  "release.yml": ["id-token"],
};

test.each(files)("%s: whatever a workflow may not write is not granted", (file) => {
  const granted = [
    workflow(file).permissions,
    ...jobsOf(file).map(({ permissions }) => permissions),
  ];
  const writes = granted.flatMap((each) =>
    Object.entries(each ?? {}).flatMap(([what, right]) => (right === "write" ? [what] : [])),
  );
  expect(workflow(file).permissions).toBeDefined();
  expect(writes).toEqual(mayWrite[file] ?? []);
});

test.each(files)("%s: a checkout leaves no token behind, and is nobody else's code", (file) => {
  for (const { with: inputs } of stepsOf(file).filter(({ uses }) => /checkout/.test(uses ?? ""))) {
    expect(inputs!["persist-credentials"]).toBe(false);
    const reference =
      file === "reap.yml" ? "${{ github.event.repository.default_branch }}" : undefined;
    expect(inputs!.ref).toBe(reference);
  }
});

test("no workflow runs a pull request's code with the rights of main", () => {
  for (const file of files) expect(text(file)).not.toContain("pull_request_target");
});

test("a pull request's code gets a key that can read, and none that can deploy", () => {
  const secrets = [...text("pull-request.yml").matchAll(/secrets\.(\w+)/g)].map(([, name]) => name);
  expect(secrets.sort()).toEqual([
    "PREVIEW_ACCESS_KEY",
    "PREVIEW_SECRET_KEY",
    "PULUMI_BACKEND_URL",
    "PULUMI_CONFIG_PASSPHRASE",
  ]);
  expect(text("pull-request-comment.yml")).not.toContain("secrets.");
});

test("what deploys for a pull request does so for none from a fork", () => {
  for (const file of ["pull-request-environment.yml", "reap.yml"]) {
    const [job] = jobsOf(file);
    expect(job!.if).toMatch(/head\.repo\.full_name == github\.repository$/);
  }
});

test.each([
  ["cd.yml", "stack-preprod"],
  ["cd_prod.yml", "stack-prod"],
  ["pull-request-environment.yml", "stack-pr-${{ github.event.pull_request.number }}"],
  ["reap.yml", "reap"],
  ["release.yml", "release"],
])("%s: one at a time, and never cut off", (file, group) => {
  expect(workflow(file).concurrency).toEqual({ group, "cancel-in-progress": false });
});

test("preprod follows main, prod follows version tags", () => {
  expect(workflow("cd.yml").on).toEqual({ push: { branches: ["main"] } });
  expect(workflow("cd_prod.yml").on).toEqual({ push: { tags: ["v*"] } });
  const deploys = (file: string) =>
    stepsOf(file)
      .map(({ run }) => run)
      .filter((run) => /deploy/.test(run ?? ""));
  expect(deploys("cd.yml")).toEqual(["npm run deploy -- --stack preprod"]);
  expect(deploys("cd_prod.yml")).toEqual(["npm run deploy -- --stack prod"]);
});

test("a release has no secret, and follows a release on GitHub alone", () => {
  expect(workflow("release.yml").on).toEqual({ release: { types: ["published"] } });
  expect(text("release.yml")).not.toContain("secrets.");
});

test("old images are deleted only after preprod's deployment has succeeded", () => {
  const steps = stepsOf("cd.yml").map(({ run, if: condition }) => [run, condition]);
  expect(steps.slice(-2)).toEqual([
    ["npm run deploy -- --stack preprod", undefined],
    ["npm run registry:clean -- --stack preprod --delete", undefined],
  ]);
});

test.each(["cd.yml", "pull-request-environment.yml"])(
  "%s: DAGs are tested before what builds images is deployed",
  (file) => {
    const commands = stepsOf(file).map(({ run }) => run ?? "");
    const [tests, deploy] = ["test:dags", "deploy"].map((name) =>
      commands.findIndex((command) => command.startsWith(`npm run ${name}`)),
    );
    expect(tests).toBeGreaterThan(0);
    expect(tests).toBeLessThan(deploy!);
  },
);
