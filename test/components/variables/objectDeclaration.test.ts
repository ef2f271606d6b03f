import { checkEnvironment } from "../../../components/checks/checkEnvironment";
import {
  fittingDeclaration,
  objectDeclaration,
} from "../../../components/variables/objectDeclaration";

const declarationOf = (settings: object) =>
  JSON.parse(
    JSON.stringify(
      objectDeclaration(checkEnvironment({ prefix: "lvao", ...settings }, "preprod").settings!),
    ),
  );

test("the declaration has Airflow's names for everything", () => {
  expect(
    declarationOf({
      connections: {
        warehouse: { type: "postgres", host: "db", port: 5_432, extra: { sslmode: "require" } },
        lake: { uri: "s3://lake", description: "the lake" },
      },
      airflowVariables: {
        batch: 10,
        models: { value: ["a"], description: "of dbt" },
        nested: { value: 1, more: 2 },
      },
      pools: { dbt: { slots: 4 }, api: { slots: -1, includeDeferred: true, description: "slow" } },
    }),
  ).toEqual({
    connections: {
      warehouse: {
        conn_type: "postgres",
        host: "db",
        port: 5_432,
        extra: { sslmode: "require" },
      },
      lake: { uri: "s3://lake", description: "the lake" },
    },
    variables: {
      batch: { value: 10 },
      models: { value: ["a"], description: "of dbt" },
      nested: { value: { value: 1, more: 2 } },
    },
    pools: {
      dbt: { slots: 4, include_deferred: false },
      api: { slots: -1, include_deferred: true, description: "slow" },
    },
  });
});

test("nothing is declared by a declaration too, so that what once was is deleted", () => {
  expect(declarationOf({})).toEqual({ connections: {}, variables: {}, pools: {} });
});

test("a declaration that is too long once its secrets are known is refused without a word of it", () => {
  expect(fittingDeclaration("h".repeat(65_536))).toHaveLength(65_536);
  expect(() => fittingDeclaration("hush".repeat(16_385))).toThrow(
    /^connections, airflowVariables and pools: together they have 65540 bytes as JSON, (?!.*hush)/,
  );
});
