import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { secretManagerRoutes } from "../../emulator/products/secretManager";
import { PulumiProject } from "../../scripts/pulumiProject";
import { ensureEngine } from "../../tools/engine";
import { newModel, TestApi } from "../emulator/fixtures";

const folder = mkdtempSync(join(tmpdir(), "airflow-secrets-"));
let api: TestApi;
let project: PulumiProject;

beforeAll(async () => {
  Object.assign(process.env, await ensureEngine());
  const model = newModel();
  api = new TestApi(model, secretManagerRoutes(model));
  const { tenant } = model;
  project = new PulumiProject(folder, {
    SCW_API_URL: await api.address,
    SCW_ACCESS_KEY: tenant.access_key,
    SCW_SECRET_KEY: model.apiKeys.get(tenant.access_key).secret_key,
    SCW_DEFAULT_PROJECT_ID: tenant.project_id,
    SCW_DEFAULT_ORGANIZATION_ID: tenant.organization_id,
    DOCKER_HOST: "unix:///nonexistent/docker.sock",
  });
  const base = "/secret-manager/v1beta1/regions/fr-par/secrets";
  const { body } = await api.post(base, { name: "warehouse", path: "/data" });
  const data = Buffer.from("hush-hush-hush").toString("base64");
  await api.post(`${base}/${body.id}/versions`, { data });
}, 30 * 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const previewWith = async (references: Record<string, string>) => {
  const stack = await project.stack("preprod", {
    "airflow:connections.warehouse.type": "postgres",
    ...references,
  });
  return stack.preview();
};

test("a preview looks a secret up, and shows it to nobody", async () => {
  const { stdout, stderr } = await previewWith({
    "airflow:connections.warehouse.password.fromSecretManager": "data/warehouse@1",
    "airflow:secretVariables.scheduler.TOKEN.fromSecretManager": "data/warehouse",
  });
  expect(stdout + stderr).not.toContain("hush-hush-hush");
}, 60_000);

test("secrets that are not there are said in one readable message, each under its key", async () => {
  const failure = await previewWith({
    "airflow:connections.warehouse.password.fromSecretManager": "warehouse",
    "airflow:secretVariables.scheduler.TOKEN.fromSecretManager": "data/warehouse@2",
  }).then(
    () => "no failure",
    (error: Error) => error.message,
  );
  const [diagnostics] = /Diagnostics:[^]*?Resources:/.exec(failure)!;
  expect(diagnostics).toContain(
    'connections.warehouse.password: no value of "warehouse": no element found with the name warehouse\n',
  );
  expect(diagnostics).toContain(
    'secretVariables.scheduler.TOKEN: no value of "data/warehouse@2": ',
  );
  expect(diagnostics.match(/does not give what is referred to/g)).toHaveLength(1);
  expect(diagnostics).not.toMatch(/^\s+at .*:\d+/m);
}, 60_000);
