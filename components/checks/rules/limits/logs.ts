import {
  ColdStorageArgs,
  ColdStorageClass,
  DEFAULT_RETENTION,
  Retention,
} from "../../../logs/logLifecycle";
import type { Finding } from "../../problem";

/**
 * Days for which objects stay in the standard class: Scaleway's "Managing the lifecycle of objects", for rules made in
 * Paris and Warsaw since February 2026.
 */
const LEAST_AGE: Record<ColdStorageClass, number> = { ONEZONE_IA: 30, GLACIER: 90 };

/** For how many days logs are kept. */
export function checkLogRetention(retention: Retention): Finding | undefined {
  if (retention === "forever" || (Number.isInteger(retention) && Number(retention) > 0))
    return undefined;
  return {
    message: `${JSON.stringify(retention)} is neither a number of days nor forever; allowed: 1 or more, or forever`,
    fix: String(DEFAULT_RETENTION),
  };
}

/** The age at which logs move to another storage class. */
export function checkColdStorage(
  { after, storageClass }: ColdStorageArgs,
  retention: Retention,
): Finding | undefined {
  const least = LEAST_AGE[storageClass];
  const age = `${after} days is`;
  if (after < least) {
    const message = `${age} too soon for ${storageClass}; allowed: ${least} days or more`;
    return { message, fix: String(least) };
  }
  if (typeof retention !== "number" || after < retention) return undefined;
  return {
    message: `${age} too late: logs are deleted after ${retention} days; make the retention longer, or leave this out`,
  };
}

/** What moving logs to a storage class brings with it. */
export function checkStorageClass(storageClass: ColdStorageClass): Finding | undefined {
  if (storageClass !== "GLACIER") return undefined;
  return {
    message:
      "the interface cannot show logs in GLACIER until somebody restores them, which takes minutes to a day",
    fix: "ONEZONE_IA",
  };
}

/** The address of an S3 server; none of it is in the message, it may hold a password. */
export function checkEndpoint(endpoint: string): Finding | undefined {
  if (/^https?:\/\/[^/?#@\s]+\/?$/.test(endpoint)) return undefined;
  return {
    message: "the value is not the address of a server; allowed: https:// and a host, nothing more",
    fix: "https://cellar-c2.services.clever-cloud.com",
  };
}

/** Whether what is sent to a server can be read on the way. */
export function checkEncrypted(endpoint: string): Finding | undefined {
  return endpoint.startsWith("http://")
    ? { message: "logs go to this server unencrypted", fix: endpoint.replace("http:", "https:") }
    : undefined;
}
