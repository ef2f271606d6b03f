import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";

/** A log object: its key and its text. */
export interface LogObject {
  readonly key: string;
  readonly text: string;
}

/** The task logs of one DAG run, read from the bucket with the S3 client that `env` describes. */
export async function readTaskLogs(
  env: Record<string, string>,
  bucket: string,
  run: { dagId: string; runId: string },
): Promise<LogObject[]> {
  const s3 = new S3Client({
    endpoint: env.AWS_ENDPOINT_URL_S3,
    region: env.AWS_DEFAULT_REGION,
    forcePathStyle: true,
    credentials: {
      accessKeyId: env.AWS_ACCESS_KEY_ID!,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY!,
    },
  });
  const prefix = `dag_id=${run.dagId}/run_id=${run.runId}/`;
  const listed = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
  return Promise.all(
    (listed.Contents ?? []).map(async ({ Key }) => {
      const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      return { key: Key!, text: await object.Body!.transformToString() };
    }),
  );
}
