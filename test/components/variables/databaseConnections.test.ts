import { checkEnvironment } from "../../../components/checks/checkEnvironment";
import { AirflowRole } from "../../../components";
import { parallelism } from "../../../components/variables/airflowVariables";
import {
  connectionDemand,
  connectionPool,
} from "../../../components/variables/databaseConnections";

const settingsOf = (input: object) =>
  checkEnvironment({ prefix: "lvao", ...input }, "preprod").settings!;
const workers = (count: string) => ({
  variables: { webserver: { AIRFLOW__API__WORKERS: count } },
});

const { Webserver, Scheduler } = AirflowRole;

test.each([
  ["by default", {}, { size: 5, overflow: 9 }, 5],
  ["with the dag-processor apart", { dagProcessor: { cpu: 1_000 } }, { size: 5, overflow: 9 }, 5],
  ["on a larger node", { database: { nodeType: "db-dev-m" } }, { size: 5, overflow: 22 }, 5],
  ["on an unknown node", { database: { nodeType: "DB-POP2-2C-8G" } }, { size: 5, overflow: 9 }, 5],
  ["with four workers", workers("4"), { size: 4, overflow: 0 }, 4],
])("the API server has the connections that the others leave: %s", (_, input, api, others) => {
  const settings = settingsOf(input);
  expect(connectionPool(Webserver, settings)).toEqual(api);
  expect(connectionPool(Scheduler, settings)).toEqual({ size: others, overflow: 0 });
});

test("the API server has a connection for every task of the default scheduler, and more", () => {
  const settings = settingsOf({});
  const { size, overflow } = connectionPool(Webserver, settings);
  expect(size + overflow).toBeGreaterThan(parallelism(settings.scheduler));
});

test.each([{}, { dagProcessor: { cpu: 1_000 } }, workers("2"), workers("5")])(
  "two versions of everything fit: %j",
  (input) => {
    const settings = settingsOf(input);
    const roles = Object.values(AirflowRole).filter((role) => settings[role]);
    const held = roles.map((role) => {
      const { pools, single } = connectionDemand(role, settings);
      const { size, overflow } = connectionPool(role, settings);
      return pools * (size + overflow) + single;
    });
    expect(2 * held.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(90);
  },
);
