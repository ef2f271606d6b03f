import { AirflowContainer, AirflowEnvironment } from "pulumi-scaleway-airflow";

const airflow = new AirflowEnvironment("airflow", { prefix: "acme", environment: "staging" });

const status = new AirflowContainer("status", {
  containerName: "acme-airflow-status",
  namespaceId: airflow.namespaceId,
  privateNetworkId: airflow.privateNetworkId,
  image: { context: "status", registry: { endpoint: airflow.registryEndpoint } },
  size: { cpu: 70, memory: 128 },
  isPublic: true,
  variables: { AIRFLOW_URL: airflow.webserverUrl },
});

export const url = status.url;
