import * as pulumi from "@pulumi/pulumi";
import { AirflowEnvironment } from "../../../components";
import { record } from "../../mocks";

test("a component with mistaken arguments names every property, and registers nothing", async () => {
  let thrown: unknown;
  const { resources } = await record(() => {
    try {
      return new AirflowEnvironment("airflow", {
        prefix: "lvao",
        environment: "preprod",
        scheduler: { cpu: "many", memory: "4Gi" },
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
