import { S3Client } from "@aws-sdk/client-s3";
import { Bucket, partSize, reasonOf } from "../../../scripts/moving/bucket";

const MIB = 2 ** 20;

/** A client that answers listings with these objects, as servers do. */
function listing(keys: string[]): { client: S3Client; asked: unknown[] } {
  const client = new S3Client({ region: "us-east-1" });
  const asked: unknown[] = [];
  client.send = (async ({ input }: { input: { ContinuationToken?: string } }) => {
    asked.push(input);
    const page = Number(input.ContinuationToken ?? 0);
    const Contents = keys[page] === undefined ? [] : [{ Key: keys[page], Size: 1, ETag: '"e"' }];
    const more = page + 1 < keys.length;
    return { Contents, IsTruncated: more, NextContinuationToken: more ? `${page + 1}` : undefined };
  }) as unknown as S3Client["send"];
  return { client, asked };
}

async function keysIn(location: string, keys: string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of new Bucket(listing(keys).client, location).list()) found.push(key);
  return found;
}

test.each(["logs", "s3://logs", "s3://logs/"])("%s is a whole bucket", async (location) => {
  expect(new Bucket(listing([]).client, location).toString()).toBe("s3://logs/");
  expect(await keysIn(location, ["a", "b/c"])).toEqual(["a", "b/c"]);
});

test("keys are relative to a folder, and the folder itself is none", async () => {
  const { client, asked } = listing([]);
  await new Bucket(client, "s3://logs/airflow/2026").list().next();
  expect(asked).toMatchObject([{ Bucket: "logs", Prefix: "airflow/2026/" }]);
  expect(await keysIn("logs/airflow/", ["airflow/", "airflow/a", "airflow/b"])).toEqual(["a", "b"]);
});

test("parts are of 8 MiB, as boto3 makes them, and at most 1,000", () => {
  expect(partSize(0)).toBe(8 * MIB);
  expect(partSize(8_000 * MIB)).toBe(8 * MIB);
  for (const size of [8_000 * MIB + 1, 5_000_000 * MIB]) {
    expect(Math.ceil(size / partSize(size))).toBeLessThanOrEqual(1_000);
  }
});

test("a reason holds the code and the text", () => {
  expect(reasonOf(new Error("Region is missing"))).toBe("Region is missing");
  expect(reasonOf(Object.assign(new Error("Gone."), { name: "NoSuchKey" }))).toBe(
    "NoSuchKey: Gone.",
  );
  const refused = Object.assign(new AggregateError([]), { code: "ECONNREFUSED" });
  expect(reasonOf(refused)).toMatch(/^ECONNREFUSED/);
});
