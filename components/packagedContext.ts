import { dirname, join, relative } from "node:path";

/** The folder `airflow` of this package, seen from the folder in which the program runs: the same on every machine. */
export function packagedContext(): string {
  const root = dirname(require.resolve("pulumi-scaleway-airflow/package.json"));
  return relative(process.cwd(), join(root, "airflow"));
}
