import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureEngine } from "../../tools/engine";
import { PulumiProject } from "../../scripts/pulumiProject";

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

/** The images of another stack cannot be known here. */
const images = Object.fromEntries(
  ["webserver", "scheduler"].map((role) => [
    `airflow:images.${role}`,
    `rg.fr-par.scw.cloud/lvao-preprod-airflow/${role}@sha256:${"0".repeat(64)}`,
  ]),
);

test.each<[string, Record<string, string>, number]>([
  ["preprod", {}, 32],
  ["prod", images, 30],
])(
  "%s previews without Docker, without Scaleway and without a warning",
  async (environment, config, create) => {
    const stack = await project.stack(environment, config);
    const { stdout, stderr, changeSummary } = await stack.preview();
    expect(changeSummary).toEqual({ create });
    expect(stdout + stderr).not.toMatch(/deprecat|warning/i);
  },
  60_000,
);

test("preprod keeps to the policy pack, which the engine runs", async () => {
  const stack = await project.stack("preprod");
  const { stdout } = await stack.preview({ policyPacks: [join(__dirname, "../../policy")] });
  expect(stdout).toMatch(/Policies:\s+✅ scaleway-airflow@v/);
}, 60_000);

test.each<[string, Record<string, string>, string[]]>([
  [
    "a misspelt key",
    { "airflow:shceduler.memory": "4096" },
    ["has 1 mistake:", "airflow:shceduler: there is no such setting", "airflow:scheduler"],
  ],
  [
    "CPU and memory that do not go together",
    { "airflow:scheduler.cpu": "1000", "airflow:scheduler.memory": "8Gi" },
    ["has 1 mistake:", "airflow:scheduler.memory: 8590 MB of memory do not go with 1000 mvCPU"],
  ],
  [
    "a reserved variable",
    { "airflow:variables.all.PORT": "9000" },
    ["has 1 mistake:", "airflow:variables.all.PORT: "],
  ],
  [
    "a setting of Airflow 2",
    { "airflow:variables.scheduler.AIRFLOW__CORE__ENABLE_XCOM_PICKLING": "true" },
    ["has 1 mistake:", "airflow:variables.scheduler.AIRFLOW__CORE__ENABLE_XCOM_PICKLING: "],
  ],
  [
    "six mistakes at once",
    {
      "airflow:prefix": "LVAO",
      "airflow:scheduler.memroy": "4Gi",
      "airflow:webserver.cpu": "lots",
      "airflow:database.volumeSize": "12GB",
      "airflow:variables.all.SCW_TOKEN": "x",
      "airflow:variables.scheduler.AIRFLOW__CORE__ENABLE_XCOM_PICKLING": "true",
    },
    [
      "has 6 mistakes:",
      "airflow:prefix: ",
      "airflow:scheduler.memroy: ",
      "airflow:webserver.cpu: ",
      "airflow:database.volumeSize: ",
      "airflow:variables.all.SCW_TOKEN: ",
      "airflow:variables.scheduler.AIRFLOW__CORE__ENABLE_XCOM_PICKLING: ",
    ],
  ],
])(
  "%s: one readable message, and nothing is registered",
  async (_mistake, config, expected) => {
    const stack = await project.stack("preprod", config);
    const failure = await stack.preview().then(
      () => "no failure",
      (error: Error) => error.message,
    );
    for (const text of expected) expect(failure).toContain(text);
    expect(failure).not.toMatch(/^\s+at .*:\d+/m);
    expect(failure).not.toContain("airflow-database");
  },
  60_000,
);
