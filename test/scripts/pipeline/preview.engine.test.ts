import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { preview } from "../../../scripts/pipeline/preview";
import { PulumiProject } from "../../../scripts/pulumiProject";
import { ensureEngine } from "../../../tools/engine";

const checkout = resolve(__dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "airflow-preview-"));
const former = { ...process.env };

beforeAll(async () => {
  delete process.env.PULUMI_CONFIG_PASSPHRASE;
  Object.assign(process.env, await ensureEngine(), { DOCKER_HOST: "unix:///nonexistent" });
}, 30 * 60_000);

afterAll(() => {
  process.env = former;
  rmSync(folder, { recursive: true, force: true });
});

test("a fork's pull request, without any secret, is compared with nothing", async () => {
  const summary = await preview(checkout, "prod");
  expect(summary).toMatchObject({ stack: "prod", comparedWithDeployed: false });
  expect(new Set(summary.changes.map(({ action }) => action))).toEqual(new Set(["created"]));
  expect(summary.costDifference).toBeGreaterThan(200);
}, 120_000);

test("settings with a mistake are said as they would be by an update, and nothing else", async () => {
  const project = new PulumiProject(folder, {});
  const passphrase = readFileSync(project.env.PULUMI_CONFIG_PASSPHRASE_FILE!, "utf8");
  await project.stack("preprod", { "airflow:shceduler.memory": "4096" });
  Object.assign(process.env, project.env, { PULUMI_CONFIG_PASSPHRASE: passphrase });
  const { failure, changes } = await preview(project.folder, "preprod");
  expect(failure).toMatch(/^The stack's configuration has 1 mistake:\n {2}airflow:shceduler: /);
  expect(failure).not.toMatch(/^\s+at .*:\d+/m);
  expect(changes).toEqual([]);
}, 120_000);
