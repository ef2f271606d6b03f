import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureEngine } from "../../tools/engine";
import { PulumiProject } from "../../tools/pulumiProject";

const folder = mkdtempSync(join(tmpdir(), "airflow-preview-"));
/** Well-formed credentials of nobody: a preview asks Scaleway nothing. */
const credentials = {
  SCW_ACCESS_KEY: "SCWXXXXXXXXXXXXXXXXX",
  SCW_SECRET_KEY: "11111111-1111-1111-1111-111111111111",
  SCW_DEFAULT_PROJECT_ID: "22222222-2222-2222-2222-222222222222",
  SCW_DEFAULT_ORGANIZATION_ID: "33333333-3333-3333-3333-333333333333",
  SCW_API_URL: "http://127.0.0.1:9",
  DOCKER_HOST: "unix:///nonexistent/docker.sock",
};
let project: PulumiProject;

beforeAll(async () => {
  const engine = await ensureEngine();
  Object.assign(process.env, engine);
  project = new PulumiProject(folder, credentials);
}, 30 * 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(["preprod", "prod"])(
  "%s previews without Docker, without Scaleway and without a warning",
  async (environment) => {
    const stack = await project.stack(environment);
    const { stdout, stderr, changeSummary } = await stack.preview();
    expect(changeSummary).toEqual({ create: 29 });
    expect(stdout + stderr).not.toMatch(/deprecat|warning/i);
  },
  60_000,
);

test("a mistake in the settings is one readable message, and registers nothing", async () => {
  const stack = await project.stack("preprod", { "airflow:scheduler.memory": "lots" });
  const failure = await stack.preview().then(
    () => "no failure",
    (error: Error) => error.message,
  );
  expect(failure).toContain("airflow:scheduler.memory: ");
  expect(failure).not.toMatch(/^\s+at /m);
  expect(failure).not.toContain("airflow-database");
}, 60_000);
