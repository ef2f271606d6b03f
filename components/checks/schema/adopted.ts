import { z } from "zod";
import { text, wire } from "./values";

const database = z
  .strictObject(
    {
      name: text.describe("Name of the database in the instance"),
      username: text.describe("The user whose tables Airflow's are"),
      password: wire.describe("Its password, until it is rotated"),
      administrator: text.describe("The instance's first user, which may be the same"),
      administratorPassword: wire
        .optional()
        .describe("The administrator's password, where that is another user"),
      volumeType: z
        .enum(["sbs_5k", "sbs_15k"], { error: "is neither sbs_5k nor sbs_15k" })
        .describe("Type of the volume: sbs_5k or sbs_15k"),
    },
    { error: "is not a list of settings such as name and username" },
  )
  .describe("A database: what of it cannot change without the loss of its data");

/** The settings of an environment that something else had made. */
export const adopted = z
  .strictObject(
    {
      database: database.optional(),
      fernetKey: wire.optional().describe("Key that encrypts connections and variables"),
      jwtSecret: wire.optional().describe("Key that signs tokens"),
      apiSecretKey: wire.optional().describe("Key that signs the sessions of the interface"),
    },
    { error: "is not a list of settings such as database and fernetKey" },
  )
  .describe("What an environment brought along that something else had made; `adopt` writes it")
  .transform((written) => (Object.keys(written).length === 0 ? undefined : written));
