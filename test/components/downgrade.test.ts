import { AirflowEnvironment, DowngradeArgs } from "../../components";
import { named, record } from "../mocks";

const containers = [
  "airflow-webserver-container",
  "airflow-dagProcessor-container",
  "airflow-scheduler-container",
];

async function build(downgrade?: DowngradeArgs) {
  const args = { prefix: "lvao", environment: "preprod", dagProcessor: { memory: 1_024 } };
  return record(() => new AirflowEnvironment("airflow", { ...args, downgrade }));
}

test("every container is told to stand by, and which versions' schemas the database gets", async () => {
  const { resources } = await build({ airflow: "3.2.2", fab: "3.4.0", backup: "none" });
  for (const name of containers) {
    expect(named(resources, name).inputs.environmentVariables).toMatchObject({
      DOWNGRADE_TO: '{"airflow":"3.2.2","fab":"3.4.0"}',
    });
  }
});

test("the webserver takes the database back, so it comes last", async () => {
  const { resources } = await build({ airflow: "3.2.2", backup: "none" });
  const after = (name: string) =>
    containers.filter((other) => named(resources, name).dependencies.includes(other));
  expect(after("airflow-webserver-container")).toContain("airflow-scheduler-container");
  expect(after("airflow-scheduler-container")).toEqual(["airflow-dagProcessor-container"]);
});

test("otherwise nothing is told to stand by", async () => {
  const { resources } = await build();
  for (const name of containers) {
    expect(named(resources, name).inputs.environmentVariables).not.toHaveProperty("DOWNGRADE_TO");
  }
});
