import { z } from "zod";
import { text } from "./values";

export const names = z
  .strictObject(
    {
      namespace: text.optional().describe("Container namespace; default <prefix>-<environment>"),
      registry: text
        .optional()
        .describe("Container registry namespace; default <prefix>-<environment>-airflow"),
      privateNetwork: text
        .optional()
        .describe("Private network; default <prefix>-<environment>-airflow"),
      database: text
        .optional()
        .describe("Database instance and database; default <prefix>-<environment>-airflow"),
      bucket: text.optional().describe("Log bucket; default <prefix>-<environment>-airflow"),
      webserver: text
        .optional()
        .describe("Webserver's container; default <prefix>-airflow-webserver"),
      scheduler: text
        .optional()
        .describe("Scheduler's container; default <prefix>-airflow-scheduler"),
      dagProcessor: text
        .optional()
        .describe("Dag-processor's container; default <prefix>-airflow-dag-processor"),
    },
    { error: "is not a list of names" },
  )
  .describe("Names that differ from the default");
