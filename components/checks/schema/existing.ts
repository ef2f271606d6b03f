import { z } from "zod";
import { wire } from "./values";

const database = z
  .strictObject(
    {
      endpoint: wire.describe("Address and port: 172.16.4.2:5432"),
      name: wire.describe("Name of the database, which Airflow has for itself"),
      username: wire.describe("A user that may do everything in it"),
      password: wire.describe("Its password; set it with `pulumi config set --secret --path`"),
      certificate: wire.describe("Certificate of the server or of its authority, PEM"),
    },
    { error: "is not a list of settings such as endpoint and name" },
  )
  .describe("A PostgreSQL database");

/** The settings of what exists already. */
export const existing = z
  .strictObject(
    {
      namespaceId: wire.optional().describe("Container namespace, by id: fr-par/11111111-…"),
      registryEndpoint: wire
        .optional()
        .describe("Container registry namespace, by address: rg.fr-par.scw.cloud/acme"),
      privateNetworkId: wire.optional().describe("Private network, by id: fr-par/11111111-…"),
      database: database.optional(),
    },
    { error: "is not a list of settings such as namespaceId and database" },
  )
  .describe("What exists already and is used instead of being made");
