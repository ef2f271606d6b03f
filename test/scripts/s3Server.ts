import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ChildServer } from "../../emulator/childServer";
import { freePort } from "../../emulator/listening";
import { s3ClientFor } from "../../scripts/moving/client";
import { eachOf } from "../../scripts/moving/compare";

/** An S3 server of its own, with one bucket. */
export interface S3Server {
  readonly endpoint: string;
  readonly credentials: { readonly accessKey: string; readonly secretKey: string };
  readonly bucket: string;
  readonly s3: S3Client;
  stop(): Promise<void>;
}

/** Starts a server whose objects are in `folder`, on loopback alone or for those too who reach another address of ours. */
export async function startS3Server(
  versitygw: string,
  folder: string,
  bucket: string,
  address = "127.0.0.1",
): Promise<S3Server> {
  mkdirSync(join(folder, "buckets"), { recursive: true });
  const port = await freePort();
  const listening = address === "127.0.0.1" ? `${address}:${port}` : `:${port}`;
  const credentials = { accessKey: `${bucket}-key`, secretKey: `${bucket}-secret` };
  const server = await ChildServer.start({
    binary: versitygw,
    args: ["--port", listening, "--quiet", "posix", join(folder, "buckets")],
    env: { ROOT_ACCESS_KEY: credentials.accessKey, ROOT_SECRET_KEY: credentials.secretKey },
    port,
    pidFile: join(folder, "pid"),
  });
  const endpoint = `http://${address}:${port}`;
  const s3 = s3ClientFor({ endpoint, region: "us-east-1" }, "", {
    AWS_ACCESS_KEY_ID: credentials.accessKey,
    AWS_SECRET_ACCESS_KEY: credentials.secretKey,
  });
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const stop = () => {
    s3.destroy(); // the server waits for open connections
    return server.stop();
  };
  return { endpoint, credentials, bucket, s3, stop };
}

/** The key of the log of a task, as Airflow makes it. */
export function logKey(number: number): string {
  return `dag_id=ingest/run_id=manual__2026-01-01T00:00:00+00:00_${number}/task_id=load/attempt=1.log`;
}

/** Stores the logs of that many tasks. */
export function storeLogs({ s3, bucket }: S3Server, count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, number) => number);
  return eachOf(numbers, async (number) => {
    const Body = `Task ${number} printed this. `.repeat(50 + (number % 100));
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: logKey(number), Body }));
  });
}
