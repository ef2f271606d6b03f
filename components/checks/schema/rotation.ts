import { z } from "zod";

const generation = z
  .int({ error: "is not a whole number; allowed: 1 to 99" })
  .min(1, { error: "is too small; allowed: 1 to 99" })
  .max(99, { error: "is too large; allowed: 1 to 99" })
  .default(1);

export const rotation = z
  .strictObject(
    {
      all: generation.describe("All five secrets"),
      fernetKey: generation.describe("The key that encrypts connections and variables"),
      jwtSecret: generation.describe(
        "The keys that sign tokens and sessions; those of the generation before are accepted too",
      ),
      databasePassword: generation.describe("The passwords of the database's users"),
      adminPassword: generation.describe("The password of the first account"),
      logKey: generation.describe("The API key of the log bucket"),
    },
    { error: "is not a list of numbers by secret, such as fernetKey: 2" },
  )
  .describe("Raise a number by one and deploy to make a secret anew; a number only grows");
