import { readFileSync } from "node:fs";
import { keptList, listAirflowSettings } from "../../scripts/airflowSettings";

test("the kept list of Airflow's settings is what the images say now (else: npm run airflow:settings)", async () => {
  expect(JSON.parse(readFileSync(keptList, "utf8"))).toEqual(await listAirflowSettings());
}, 900_000);
