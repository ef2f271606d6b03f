import { PutObjectCommand } from "@aws-sdk/client-s3";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureServers } from "../../tools/servers";
import { Ended, LogsMove, countObjects } from "./logsMove";
import { S3Server, startS3Server, storeLogs } from "./s3Server";

const LOGS = 10_000;
const LARGE = 10;
const LARGE_SIZE = 100 * 2 ** 20;
const all = LOGS + LARGE;
const folder = mkdtempSync(join(tmpdir(), "move-10000-logs-"));
let from: S3Server;
let to: S3Server;
let last: Ended;

beforeAll(async () => {
  const { versitygw } = await ensureServers();
  from = await startS3Server(versitygw, join(folder, "from"), "cellar-logs");
  to = await startS3Server(versitygw, join(folder, "to"), "scaleway-logs");
  await storeLogs(from, LOGS);
  for (let number = 0; number < LARGE; number += 1) {
    const Body = randomBytes(LARGE_SIZE);
    await from.s3.send(
      new PutObjectCommand({ Bucket: from.bucket, Key: `large-${number}.log`, Body }),
    );
  }
}, 10 * 60_000);

afterAll(async () => {
  await from?.stop();
  await to?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

test(
  "10,000 objects, killed twice midway, are all moved, each once",
  async () => {
    const first = await new LogsMove(from, to, "--yes").killAt(LOGS / 4);
    const second = await new LogsMove(from, to, "--yes").killAt((LOGS * 2) / 3);
    expect(second).toBeLessThan(all);
    last = await new LogsMove(from, to, "--yes").ended;
    process.stderr.write(`killed at ${first} and ${second} objects\n${last.stderr}${last.stdout}`);
    process.stderr.write(`memory peak of the last run: ${last.peak} MiB\n`);
    const number = (count: number) => count.toLocaleString("en");
    expect(last.stdout).toMatch(new RegExp(`Moved +${number(second)} objects`));
    expect(last.stdout).toMatch(new RegExp(`Copied +${number(all - second)} objects`));
    expect(last.stdout).toMatch(new RegExp(`Verified ${number(all)} objects .*: the same`));
    expect(last.status).toBe(0);
    expect(await countObjects(to)).toBe(all);
  },
  15 * 60_000,
);

test("memory stays far below what was moved", () => {
  expect(last.peak).toBeLessThan(550);
});
