import { AirflowEnvironment } from "pulumi-scaleway-airflow";

const airflow = new AirflowEnvironment("airflow", { prefix: "acme", environment: "staging" });

export const url = airflow.webserverUrl;
export const password = airflow.adminPassword;
