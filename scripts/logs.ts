import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { readFileSync } from "node:fs";
import { Agent } from "node:https";
import { FinishedRun } from "./airflowApi";
import { waitFor } from "../components/gate/waitFor";

/** A log object: its key and its text. */
export interface LogObject {
  readonly key: string;
  readonly text: string;
}

/**
 * An S3 client as the environment variables `env` describe it, proxy and trusted certificates included. It sees the
 * buckets of a project, by default of the key's own.
 */
export function s3Client(env: Record<string, string>, projectId?: string): S3Client {
  const accessKey = env.AWS_ACCESS_KEY_ID!;
  return new S3Client({
    endpoint: env.AWS_ENDPOINT_URL_S3,
    region: env.AWS_DEFAULT_REGION,
    credentials: {
      accessKeyId: projectId ? `${accessKey}@${projectId}` : accessKey,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY!,
    },
    requestHandler: new NodeHttpHandler({
      httpsAgent: new Agent({ proxyEnv: env, ca: readFileSync(env.SSL_CERT_FILE!) }),
    }),
  });
}

/** The logs of a DAG run's tasks, once the last of them is there: each is uploaded shortly after its task has ended. */
export async function readTaskLogs(
  s3: S3Client,
  bucket: string,
  { dagId, runId, taskIds }: FinishedRun,
): Promise<LogObject[]> {
  const prefix = `dag_id=${dagId}/run_id=${runId}/`;
  const keys = await waitFor(
    `The logs s3://${bucket}/${prefix}…`,
    async () => {
      const listed = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
      const keys = (listed.Contents ?? []).map(({ Key }) => Key!);
      const missing = taskIds.filter((id) => !keys.some((key) => key.includes(`task_id=${id}/`)));
      return missing.length === 0 ? keys : `those of ${missing.join(", ")} are missing`;
    },
    { timeout: UPLOAD_LIMIT },
  );
  return Promise.all(
    keys.map(async (key) => {
      const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return { key, text: await object.Body!.transformToString() };
    }),
  );
}

const UPLOAD_LIMIT = 60_000;
