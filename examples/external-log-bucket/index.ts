import * as pulumi from "@pulumi/pulumi";
import { AirflowEnvironment } from "pulumi-scaleway-airflow";

const config = new pulumi.Config();

const airflow = new AirflowEnvironment("airflow", {
  prefix: "acme",
  environment: "staging",
  logs: {
    existingBucket: {
      endpoint: "https://cellar-c2.services.clever-cloud.com",
      region: "us-east-1",
      name: "acme-airflow-logs",
      accessKey: config.require("logAccessKey"),
      secretKey: config.requireSecret("logSecretKey"),
    },
  },
});

export const url = airflow.webserverUrl;
