import * as pulumi from "@pulumi/pulumi";
import { AirflowContainer, AirflowEnvironment, Database, LogBucket } from "../../../components";
import { record } from "../../mocks";

test("a component with mistaken arguments names every property, and registers nothing", async () => {
  let thrown: unknown;
  const { resources } = await record(() => {
    try {
      return new AirflowEnvironment("airflow", {
        prefix: "lvao",
        environment: "preprod",
        scheduler: { cpu: "many", memory: "4Gi" } as object,
        secretVariables: { all: { PORT: "hush" } },
      });
    } catch (error) {
      thrown = error;
    }
  });
  expect(pulumi.InputPropertiesError.isInstance(thrown)).toBe(true);
  const { errors } = thrown as pulumi.InputPropertiesError;
  expect(errors.map(({ propertyPath }) => propertyPath)).toEqual([
    "scheduler.cpu",
    "secretVariables.all.PORT",
  ]);
  expect(errors[0]!.reason).toMatch(/^"many" is not an amount of CPU; .*; use 1 vCPU$/);
  expect(JSON.stringify(errors)).not.toContain("hush");
  expect(resources).toEqual([]);
});

test.each<[string, () => unknown, string[]]>([
  [
    "AirflowContainer",
    () =>
      new AirflowContainer("scheduler", {
        role: "scheduler",
        containerName: "Scheduler!",
        namespaceId: "namespace-1",
        image: { context: "airflow", registry: { endpoint: "rg" } },
        size: { cpu: 1_000, memory: 8_192 },
        requestTimeout: 7_200,
        variables: { PORT: "1" },
        secretVariables: { TOKEN: "" },
      }),
    ["containerName", "size.memory", "requestTimeout", "variables.PORT", "secretVariables.TOKEN"],
  ],
  [
    "Database",
    () =>
      new Database("database", {
        databaseName: "postgres",
        privateNetworkId: "network-1",
        nodeType: "huge",
        volumeSize: 12,
        backupRetention: 0,
      }),
    ["databaseName", "nodeType", "volumeSize", "backupRetention"],
  ],
  ["LogBucket", () => new LogBucket("logs", { bucketName: "My Logs" }), ["bucketName"]],
])(
  "%s used alone names every argument at fault, and registers nothing",
  async (_, build, paths) => {
    let thrown: unknown;
    const { resources } = await record(() => {
      try {
        return build();
      } catch (error) {
        thrown = error;
      }
    });
    expect(
      (thrown as pulumi.InputPropertiesError).errors.map((error) => error.propertyPath),
    ).toEqual(paths);
    expect(resources).toEqual([]);
  },
);
