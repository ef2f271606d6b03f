import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const made: string[] = [];
afterAll(() =>
  made.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })),
);

/** A new empty folder that goes when the tests of the file are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-scaleway-airflow-"));
  made.push(folder);
  return folder;
}
