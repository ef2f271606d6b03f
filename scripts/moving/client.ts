import { S3Client } from "@aws-sdk/client-s3";
import { fromIni } from "@aws-sdk/credential-provider-ini";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { Agent } from "node:https";

/** How to reach an S3 server. A region that is not given comes from AWS_REGION, or from the profile. */
export interface S3Access {
  /** URL of the S3 server, for example `https://s3.fr-par.scw.cloud`. */
  readonly endpoint: string;
  /** Scaleway's, as `fr-par`; servers without regions take any, such as `us-east-1`. */
  readonly region?: string;
  /** Name of the AWS profile with the credentials. */
  readonly profile?: string;
}

/**
 * A client for any S3 server, through the proxy that `HTTPS_PROXY` and `NO_PROXY` name: addresses that hold the bucket
 * in the path, and checksums only where the operation requires one, as not every server takes them.
 *
 * @param variables Beginning of the variables that hold this side's own credentials, such as `FROM_`.
 */
export function s3ClientFor(
  { endpoint, region, profile }: S3Access,
  variables: string,
  env: NodeJS.ProcessEnv = process.env,
): S3Client {
  return new S3Client({
    profile,
    credentials: profile === undefined ? credentialsIn(env, variables) : fromIni({ profile }),
    endpoint,
    ...(region !== undefined && { region }),
    forcePathStyle: true,
    maxAttempts: 5,
    requestHandler: new NodeHttpHandler({
      httpsAgent: new Agent({ keepAlive: true, proxyEnv: env }),
    }),
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
}

function credentialsIn(env: NodeJS.ProcessEnv, variables: string) {
  const accessKeyId = env[`${variables}AWS_ACCESS_KEY_ID`];
  const secretAccessKey = env[`${variables}AWS_SECRET_ACCESS_KEY`];
  return accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined;
}
