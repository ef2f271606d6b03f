import type { Model } from "./model";

/** Where the parts of a running emulator are. */
export interface Addresses {
  apiPort: number;
  proxyPort: number;
  /** File with the certificates to trust. */
  bundle: string;
  region: string;
}

/** The variables by which clients find and trust the emulator. */
export function clientEnvironment(
  { tenant, apiKeys }: Model,
  { apiPort, proxyPort, bundle, region }: Addresses,
): Record<string, string> {
  const secretKey = apiKeys.get(tenant.access_key).secret_key;
  return {
    SCW_API_URL: `http://127.0.0.1:${apiPort}`,
    SCW_ACCESS_KEY: tenant.access_key,
    SCW_SECRET_KEY: secretKey,
    SCW_DEFAULT_PROJECT_ID: tenant.project_id,
    SCW_DEFAULT_ORGANIZATION_ID: tenant.organization_id,
    SCW_DEFAULT_REGION: region,
    SCW_DEFAULT_ZONE: `${region}-1`,
    HTTPS_PROXY: `http://127.0.0.1:${proxyPort}`,
    NO_PROXY: "127.0.0.1,localhost",
    SSL_CERT_FILE: bundle,
    NODE_EXTRA_CA_CERTS: bundle,
    AWS_CA_BUNDLE: "", // if it is set, the Scaleway provider refuses every bucket
    AWS_ACCESS_KEY_ID: tenant.access_key,
    AWS_SECRET_ACCESS_KEY: secretKey,
    AWS_DEFAULT_REGION: region,
    AWS_REGION: region,
    AWS_ENDPOINT_URL_S3: `https://s3.${region}.scw.cloud`,
  };
}
