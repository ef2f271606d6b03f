import { z } from "zod";
import { parseDays, parseGigabytes } from "../units";
import { flag, quantity, text } from "./values";

export const database = z
  .strictObject(
    {
      nodeType: text.default("DB-PLAY2-NANO").describe("Scaleway node type"),
      volumeSize: quantity(
        "a size of a volume; allowed: multiples of 5 GB, such as 10 or 10GB",
        parseGigabytes,
        "10GB",
      )
        .default(10)
        .describe("Size of the volume, in GB or with a unit, a multiple of 5; it can only grow"),
      highAvailability: flag
        .default(false)
        .describe("Two nodes instead of one; it cannot be turned off again"),
      backupRetention: quantity(
        "a number of days; allowed: 1 to 365, such as 7 or 7 days",
        parseDays,
        "7 days",
      )
        .default(7)
        .describe(
          "Days for which each daily snapshot, Scaleway's automatic backup, is kept in the database's region",
        ),
      publicAccess: z
        .array(text, { error: "is not a list of ranges of addresses" })
        .optional()
        .describe(
          "Ranges of IPv4 addresses, such as 203.0.113.7/32, that may reach the database through a public endpoint; without them there is none",
        ),
    },
    { error: "is not a list of settings such as nodeType and volumeSize" },
  )
  .describe("The PostgreSQL database");
