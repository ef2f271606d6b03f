import { z } from "zod";
import { ColdStorageClass, DEFAULT_RETENTION } from "../../logs/logLifecycle";
import { parseDays } from "../units";
import { flag, quantity, text, wire } from "./values";

const days = (example: string) =>
  quantity(`a number of days, such as ${example} or ${example} days`, parseDays, `${example} days`);

const coldStorage = z
  .strictObject(
    {
      after: days("30").describe("Age in days"),
      storageClass: z
        .enum(ColdStorageClass, { error: "is neither ONEZONE_IA nor GLACIER" })
        .describe("ONEZONE_IA, read at once, or GLACIER, read only after it has been restored"),
    },
    { error: "is not a list of settings such as after and storageClass" },
  )
  .describe("When logs move to a storage class that costs less; by default never");

const logKey = {
  accessKey: wire.describe("Access key"),
  secretKey: wire.describe("Secret key; set it with `pulumi config set --secret --path`"),
};
const notKey = { error: "is not a list of settings such as accessKey and secretKey" };

export const logs = z
  .strictObject(
    {
      retention: z
        .union([z.literal("forever"), days("90")], {
          error: "is neither a number of days, such as 90 or 90 days, nor forever",
        })
        .default(DEFAULT_RETENTION)
        .describe("Days after which logs are deleted, or forever"),
      coldStorage: coldStorage.optional(),
      versioning: flag
        .default(false)
        .describe("Whether versions that were replaced or deleted stay for 7 days"),
      projectId: wire
        .optional()
        .describe("Project that holds the bucket; by default a new one for it alone"),
      key: z
        .strictObject(logKey, notKey)
        .optional()
        .describe("A key for object storage in that project; by default a new one"),
      existingBucket: z
        .strictObject(
          {
            endpoint: text.describe(
              "Address of the server: https://cellar-c2.services.clever-cloud.com",
            ),
            region: text.describe(
              "Region that requests are signed for; where the server has none, what it documents, such as us-east-1",
            ),
            name: text.describe("Name of the bucket"),
            ...logKey,
          },
          notKey,
        )
        .optional()
        .describe("A bucket that exists already, on any server that speaks S3"),
    },
    { error: "is not a list of settings such as retention and versioning" },
  )
  .describe("Where task logs are, and for how long");
