import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { contextDigest } from "../../tools/providers/docker/contextDigest";

const folder = mkdtempSync(join(tmpdir(), "airflow-context-"));
const images = ["scheduler", "webserver"] as const;

afterAll(() => rmSync(folder, { recursive: true }));

function digests() {
  return images.map((image) => contextDigest(folder, join(folder, `airflow-${image}.Dockerfile`)));
}

/** The images that a change of this file builds anew. */
function changedBy(file: string): string[] {
  rmSync(folder, { recursive: true });
  cpSync("airflow", folder, { recursive: true });
  const before = digests();
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  appendFileSync(join(folder, file), "\n# changed\n");
  const after = digests();
  return images.filter((_, index) => before[index] !== after[index]);
}

test.each([
  ["dags/ingest_repair_actors.py", ["scheduler"]],
  ["dags/a_new_dag.py", ["scheduler"]],
  ["start/health.py", ["scheduler"]],
  ["start/rotation.py", ["scheduler", "webserver"]],
  ["start/move_in.py", ["webserver"]],
  ["config/airflow_local_settings.py", ["scheduler", "webserver"]],
  ["start/admin.py", ["webserver"]],
  ["start/declaration.py", ["webserver"]],
  ["start/objects.py", ["webserver"]],
  ["start/import_dags.py", ["scheduler"]],
  ["start/execution_api.py", ["scheduler"]],
  ["start/database.py", ["scheduler", "webserver"]],
  ["start/migration.py", ["scheduler", "webserver"]],
  ["start/preloaded.py", ["scheduler", "webserver"]],
  ["requirements-scheduler.txt", ["scheduler"]],
  // Its layer is in both images.
  ["requirements-webserver.txt", ["scheduler", "webserver"]],
  ["airflow-webserver.Dockerfile", ["webserver"]],
])("a change of %s builds %j", (file, expected) => {
  expect(changedBy(file)).toEqual(expected);
});

test.each([
  "dags/tests/test_dags.py",
  "start/tests/test_declaration.py",
  "dags/.env",
  "dags/.env.template",
  "dags/__pycache__/module.pyc",
  "dags/actors/__pycache__/module.pyc",
  "start/__pycache__/module.pyc",
  ".venv/lib/module.py",
  ".pytest_cache/README.md",
  "logs/a.log",
  "pyproject.toml",
  "requirements-test.txt",
  "README.md",
])("a change of %s builds nothing (hazard B2)", (file) => {
  expect(changedBy(file)).toEqual([]);
});
