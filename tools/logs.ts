import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { readFileSync } from "node:fs";
import { Agent } from "node:https";

/** A log object: its key and its text. */
export interface LogObject {
  readonly key: string;
  readonly text: string;
}

/** An S3 client as the environment variables `env` describe it, proxy and trusted certificates included. */
export function s3Client(env: Record<string, string>): S3Client {
  return new S3Client({
    endpoint: env.AWS_ENDPOINT_URL_S3,
    region: env.AWS_DEFAULT_REGION,
    credentials: {
      accessKeyId: env.AWS_ACCESS_KEY_ID!,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY!,
    },
    requestHandler: new NodeHttpHandler({
      httpsAgent: new Agent({ proxyEnv: env, ca: readFileSync(env.SSL_CERT_FILE!) }),
    }),
  });
}

/** The task logs of one DAG run. */
export async function readTaskLogs(
  s3: S3Client,
  bucket: string,
  run: { dagId: string; runId: string },
): Promise<LogObject[]> {
  const prefix = `dag_id=${run.dagId}/run_id=${run.runId}/`;
  const listed = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
  return Promise.all(
    (listed.Contents ?? []).map(async ({ Key }) => {
      const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      return { key: Key!, text: await object.Body!.transformToString() };
    }),
  );
}
