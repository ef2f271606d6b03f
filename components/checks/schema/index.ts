import { z } from "zod";
import { adopted } from "./adopted";
import { dagProcessor, scheduler, webserver } from "./containers";
import { database } from "./database";
import { downgrade } from "./downgrade";
import { existing } from "./existing";
import { images } from "./images";
import { logs } from "./logs";
import { names } from "./names";
import { airflowVariables, connections, pools } from "./objects";
import { rotation } from "./rotation";
import { flag, text } from "./values";
import { secretVariables, variables } from "./variables";

/** The settings of an environment: their keys, types, descriptions and defaults, for stack files and arguments alike. */
export const environmentSchema = z.strictObject({
  prefix: text.describe("First part of the name of every resource"),
  names: names.prefault({}),
  existing: existing.prefault({}),
  adopted: adopted.prefault({}),
  context: text
    .default("airflow")
    .describe("Folder with the Dockerfiles and the DAGs, relative to the Pulumi project"),
  baseImage: text
    .default("apache/airflow:slim-3.3.2-python3.12")
    .describe("Image to build on; by default Airflow's official slim image"),
  images: images.prefault({}),
  webserver: webserver.prefault({}),
  scheduler: scheduler.prefault({}),
  dagProcessor: dagProcessor.prefault({}),
  database: database.prefault({}),
  logs: logs.prefault({}),
  adminUsername: text.default("admin").describe("User name of the first account of the interface"),
  rotation: rotation.prefault({}),
  downgrade: downgrade.prefault({}),
  variables: variables.prefault({}),
  secretVariables: secretVariables.prefault({}),
  connections: connections.prefault({}),
  airflowVariables: airflowVariables.prefault({}),
  pools: pools.prefault({}),
  protect: flag
    .default(true)
    .describe(
      "Whether database, log bucket and containers refuse to be destroyed; if not, the logs go with the bucket",
    ),
});

/** Settings with every default filled in and every quantity in Scaleway's unit. */
export type EnvironmentSettings = z.output<typeof environmentSchema>;
