import type { Finding } from "../../problem";

/** Where a database answers; none of it is in the message, it may hold a password. */
export function checkDatabaseEndpoint(endpoint: string): Finding | undefined {
  if (/^([\w.-]+|\[[\da-fA-F:]+\]):[1-9]\d{0,4}$/.test(endpoint)) return undefined;
  return {
    message: "the value is not where a database answers; allowed: an address and a port",
    fix: "172.16.4.2:5432",
  };
}
