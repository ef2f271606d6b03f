/** What the `s3logs` connection is made of. */
export interface LogConnection {
  readonly accessKey: string;
  readonly secretKey: string;
  /** Address of the S3 server, for example `https://s3.fr-par.scw.cloud`. */
  readonly endpoint: string;
  /** The region that requests are signed for, for example `fr-par`. */
  readonly region: string;
}

/** Address of Scaleway's object storage in a region. */
export const scalewayEndpoint = (region: string): string => `https://s3.${region}.scw.cloud`;

/**
 * The JSON of an Airflow connection to an S3 server. boto3 adds checksums to every request since 1.36, which not every
 * server takes; here they are sent only where the operation requires one. With an `endpoint_url` boto3 names the bucket
 * in the path, which every server takes.
 */
export function logConnection({ accessKey, secretKey, endpoint, region }: LogConnection): string {
  return JSON.stringify({
    conn_type: "aws",
    login: accessKey,
    password: secretKey,
    extra: {
      endpoint_url: endpoint,
      region_name: region,
      config_kwargs: {
        request_checksum_calculation: "when_required",
        response_checksum_validation: "when_required",
      },
    },
  });
}
