import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureServers } from "../../tools/servers";
import { LogsMove, countObjects } from "./logsMove";
import { S3Server, logKey, startS3Server, storeLogs } from "./s3Server";

const LOGS = 600;
const large = { key: "large.log", content: randomBytes(23 * 2 ** 20) };
const odd = ["a b+c%20é 😀?#=;&.log", "quotes '\"<>.log", "folder/", "-", "~tilde(1)!*.log"];
const folder = mkdtempSync(join(tmpdir(), "move-logs-"));
let from: S3Server;
let to: S3Server;

beforeAll(async () => {
  const { versitygw } = await ensureServers();
  from = await startS3Server(versitygw, join(folder, "from"), "cellar-logs");
  to = await startS3Server(versitygw, join(folder, "to"), "scaleway-logs");
  await storeLogs(from, LOGS);
  await storeLarge();
  for (const Key of odd) {
    const Body = Buffer.from(Key.endsWith("/") ? "" : Key);
    await from.s3.send(new PutObjectCommand({ Bucket: from.bucket, Key, Body }));
  }
  await from.s3.send(
    new PutObjectCommand({
      ...{ Bucket: from.bucket, Key: "described.json", Body: "{}" },
      ...{ ContentType: "application/json", CacheControl: "no-store", Metadata: { task: "load" } },
    }),
  );
}, 10 * 60_000);

afterAll(async () => {
  await from?.stop();
  await to?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const all = LOGS + odd.length + 2;

/** In parts of another size than the command's, so that the ETags will differ. */
async function storeLarge(): Promise<void> {
  const where = { Bucket: from.bucket, Key: large.key };
  const { UploadId } = await from.s3.send(new CreateMultipartUploadCommand(where));
  const half = large.content.length / 2;
  const Parts = await Promise.all(
    [1, 2].map(async (PartNumber) => {
      const Body = large.content.subarray((PartNumber - 1) * half, PartNumber * half);
      const part = new UploadPartCommand({ ...where, UploadId, PartNumber, Body });
      return { PartNumber, ETag: (await from.s3.send(part)).ETag };
    }),
  );
  const MultipartUpload = { Parts };
  await from.s3.send(new CompleteMultipartUploadCommand({ ...where, UploadId, MultipartUpload }));
}

const read = ({ s3, bucket }: S3Server, Key: string) =>
  s3.send(new GetObjectCommand({ Bucket: bucket, Key }));

async function digest(server: S3Server, key: string): Promise<string> {
  const content = await (await read(server, key)).Body!.transformToByteArray();
  return createHash("sha256").update(content).digest("hex");
}

test("without --yes it says what it would copy, and copies nothing", async () => {
  const { status, stdout } = await new LogsMove(from, to).ended;
  expect(stdout).toMatch(new RegExp(`Source +${all} objects .*\\nMoved +0 .*\\nTo copy +${all} `));
  expect(stdout).toContain("Nothing was copied. Add --yes to copy.");
  expect(status).toBe(0);
  expect(await countObjects(to)).toBe(0);
}, 60_000);

test("killed midway and run again, it copies what is missing, and verifies everything", async () => {
  const there = await new LogsMove(from, to, "--yes").killAt(LOGS / 10);
  expect(there).toBeLessThan(all);
  const { status, stdout } = await new LogsMove(from, to, "--yes").ended;
  expect(stdout).toMatch(new RegExp(`Moved +${there} objects`));
  expect(stdout).toMatch(new RegExp(`Copied +${all - there} objects`));
  expect(stdout).toMatch(
    new RegExp(`Verified ${all} objects .*both sides, 1 of them by reading both`),
  );
  expect(status).toBe(0);
  expect(await countObjects(from)).toBe(all);
}, 120_000);

test("what was moved is the same, content type and metadata included", async () => {
  for (const key of [logKey(LOGS - 1), large.key, ...odd]) {
    expect([key, await digest(to, key)]).toEqual([key, await digest(from, key)]);
  }
  expect(await read(to, "described.json")).toMatchObject({
    ContentType: "application/json",
    CacheControl: "no-store",
    Metadata: { task: "load" },
  });
}, 60_000);

test("what changed at the source is copied again, and nothing else", async () => {
  const changed = { Bucket: from.bucket, Key: logKey(0), Body: "The task ran again." };
  await from.s3.send(new PutObjectCommand(changed));
  const { stdout } = await new LogsMove(from, to, "--yes").ended;
  expect(stdout).toMatch(/Copied +1 object /);
  expect(await digest(to, logKey(0))).toBe(await digest(from, logKey(0)));
}, 60_000);

test("an object that was spoilt at the target is found by reading, named, and fails the run", async () => {
  const { Metadata } = await read(to, large.key);
  const Body = Buffer.from(large.content).fill(0, 0, 1);
  await to.s3.send(new PutObjectCommand({ Bucket: to.bucket, Key: large.key, Body, Metadata }));
  const { status, stdout } = await new LogsMove(from, to, "--yes").ended;
  expect(stdout).toContain(
    `Not the same on both sides, 1 of ${all}:\n  large.log: its content differs`,
  );
  expect(status).toBe(1);
}, 60_000);

test("a bucket that cannot be reached is named with the server's reason, both sides at once", async () => {
  const stranger = { ...from, credentials: { ...from.credentials, secretKey: "wrong" } };
  const absent = { ...to, bucket: "absent" };
  const { status, stderr } = await new LogsMove(stranger, absent).ended;
  expect(stderr).toMatch(/s3:\/\/cellar-logs\/: SignatureDoesNotMatch/);
  expect(stderr).toMatch(/s3:\/\/absent\/: NoSuchBucket/);
  expect(stderr).not.toContain("wrong");
  expect(status).toBe(1);
}, 60_000);
