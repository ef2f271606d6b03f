const pulumi = require("@pulumi/pulumi");

// What an SDK that was generated for another language sends.
const inputs = {
  prefix: "acme",
  environment: "staging",
  scheduler: { cpu: 1000, memory: 2048 },
  logs: { retention: "forever" },
  secretVariables: { all: { TOKEN: pulumi.secret("hush") } },
  existing: { namespaceId: pulumi.output("fr-par/11111111-1111-1111-1111-111111111111") },
  webserverUrl: undefined,
};

const airflow = new pulumi.ComponentResource(
  "pulumi-scaleway-airflow:index:AirflowEnvironment",
  "airflow",
  inputs,
  { version: "0.1.0" },
  true,
);

exports.urn = airflow.urn;
