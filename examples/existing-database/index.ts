import * as pulumi from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";
import { AirflowEnvironment } from "pulumi-scaleway-airflow";

// Here they are made; in a program of yours they may come from another stack, or from the stack's configuration.
const network = new scaleway.network.PrivateNetwork("network", { name: "acme" });
const server = new scaleway.databases.Instance("server", {
  name: "acme",
  engine: "PostgreSQL-16",
  nodeType: "DB-PLAY2-NANO",
  privateNetwork: { pnId: network.id, enableIpam: true },
});
const database = new scaleway.databases.Database("airflow", {
  instanceId: server.id,
  name: "airflow",
});
const user = new scaleway.databases.User("airflow", {
  instanceId: server.id,
  name: "airflow",
  password: new pulumi.Config().requireSecret("databasePassword"),
});
const grant = new scaleway.databases.Privilege("airflow", {
  instanceId: server.id,
  databaseName: database.name,
  userName: user.name,
  permission: "all",
});

const airflow = new AirflowEnvironment("airflow", {
  prefix: "acme",
  environment: "staging",
  existing: {
    privateNetworkId: network.id,
    database: {
      endpoint: server.privateNetwork.apply((it) => (it ? `${it.ip}:${it.port}` : "")),
      name: database.name,
      username: grant.userName,
      password: user.password.apply((it) => it!),
      certificate: server.certificate,
    },
  },
});

export const url = airflow.webserverUrl;
