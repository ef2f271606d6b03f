import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isHashOf } from "../../../scripts/adoption/hash";
import { GivenSecrets, parseConnection } from "../../../scripts/adoption/secretsFile";
import { changeSecrets } from "../../../emulator/containers/secrets";
import { temporaryFolder } from "../../temporaryFolder";

function given(text: string): GivenSecrets {
  const file = join(temporaryFolder(), "secrets.env");
  writeFileSync(file, text);
  return GivenSecrets.read(file);
}

test("a value is for all containers, or for the one before whose name it stands", () => {
  const secrets = given('DATABASE_URL=all\nscheduler.DATABASE_URL="one # of them"\n');
  expect(secrets.of("DATABASE_URL", "webserver")).toBe("all");
  expect(secrets.of("DATABASE_URL", "scheduler")).toBe("one # of them");
  expect(secrets.of("OTHER", "scheduler")).toBeUndefined();
});

test("reads user, password and database of Airflow's connection", () => {
  const { connection } = given(
    "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=postgresql+psycopg2://flow:p%40ss@10.0.0.5:6432/db?sslmode=require\n",
  );
  expect(connection).toEqual({ userName: "flow", password: "p@ss", databaseName: "db" });
  expect(parseConnection("sqlite:////tmp/airflow.db")).toBeUndefined();
  expect(GivenSecrets.read(undefined).connection).toBeUndefined();
});

test("a value is told from another by the hash that Scaleway answers", async () => {
  const { hashes } = await changeSecrets({ values: {}, hashes: {} }, { KEY: "value" });
  expect(await isHashOf(hashes.KEY!, "value")).toBe(true);
  expect(await isHashOf(hashes.KEY!, "another")).toBe(false);
  expect(await isHashOf("no hash", "value")).toBeUndefined();
});
