import { AirflowEnvironment } from "pulumi-scaleway-airflow";

const staging = new AirflowEnvironment("staging", {
  prefix: "acme",
  environment: "staging",
  scheduler: { cpu: 1_000, memory: 2_048 },
  protect: false,
});
const production = new AirflowEnvironment("production", {
  prefix: "acme",
  environment: "production",
  database: { highAvailability: true, backupRetention: 30 },
});

export const stagingUrl = staging.webserverUrl;
export const productionUrl = production.webserverUrl;
