import { LogBucket, LogBucketArgs } from "../../../components";
import { named, record } from "../../mocks";

async function bucketOf(args: Partial<LogBucketArgs> = {}) {
  const { resources } = await record(() => new LogBucket("logs", { bucketName: "logs", ...args }));
  return named(resources, "logs-bucket").inputs;
}

const unfinished = {
  id: "unfinished-uploads",
  enabled: true,
  abortIncompleteMultipartUploadDays: 1,
};

test("logs are kept for 90 days, unfinished uploads for one, and versions not at all", async () => {
  expect(await bucketOf()).toMatchObject({
    lifecycleRules: [unfinished, { id: "retention", enabled: true, expiration: { days: 90 } }],
    versioning: { enabled: false },
  });
});

test("logs can be kept forever", async () => {
  const { lifecycleRules } = await bucketOf({ retention: "forever" });
  expect(lifecycleRules).toEqual([unfinished]);
});

test("logs move to a storage class that costs less before they are deleted", async () => {
  const coldStorage = { after: 30, storageClass: "ONEZONE_IA" } as const;
  const { lifecycleRules } = await bucketOf({ retention: 365, coldStorage });
  expect(lifecycleRules).toEqual([
    unfinished,
    { id: "retention", enabled: true, expiration: { days: 365 } },
    { id: "cold-storage", enabled: true, transitions: [{ days: 30, storageClass: "ONEZONE_IA" }] },
  ]);
});

test("with versioning, former versions go after a week, and what marks deletions with them", async () => {
  expect(await bucketOf({ retention: "forever", versioning: true })).toMatchObject({
    versioning: { enabled: true },
    lifecycleRules: [
      unfinished,
      {
        id: "former-versions",
        enabled: true,
        noncurrentVersionExpiration: { noncurrentDays: 7 },
      },
      { id: "deletion-markers", enabled: true, expiration: { expiredObjectDeleteMarker: true } },
    ],
  });
});
