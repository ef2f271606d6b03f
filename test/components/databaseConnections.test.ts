import { checkEnvironment } from "../../components/checks/checkEnvironment";
import { AirflowRole, connectionDemand, connectionPool } from "../../components";

const settingsOf = (input: object) =>
  checkEnvironment({ prefix: "lvao", ...input }, "preprod").settings!;
const workers = (count: string) => ({
  variables: { webserver: { AIRFLOW__API__WORKERS: count } },
});

test.each([
  ["by default", {}, { size: 5, overflow: 3 }],
  ["with the dag-processor apart", { dagProcessor: { cpu: 1_000 } }, { size: 5, overflow: 3 }],
  ["on a larger node", { database: { nodeType: "db-dev-m" } }, { size: 5, overflow: 8 }],
  ["on an unknown node", { database: { nodeType: "DB-POP2-2C-8G" } }, { size: 5, overflow: 3 }],
  ["with four workers", workers("4"), { size: 4, overflow: 0 }],
])("each process has its share of the connections: %s", (_, input, expected) => {
  expect(connectionPool(settingsOf(input))).toEqual(expected);
});

test.each([{}, { dagProcessor: { cpu: 1_000 } }, workers("2"), workers("5")])(
  "two versions of everything fit: %j",
  (input) => {
    const settings = settingsOf(input);
    const { size, overflow } = connectionPool(settings);
    const roles = Object.values(AirflowRole).filter((role) => settings[role]);
    const held = roles.map((role) => {
      const { pools, single } = connectionDemand(role, settings);
      return pools * (size + overflow) + single;
    });
    expect(2 * held.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(90);
  },
);
