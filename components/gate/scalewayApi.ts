import * as scaleway from "@pulumiverse/scaleway";
import { Request, requestJson } from "./request";

/** A call of Scaleway's API with a secret key, where the environment or the stack's `scaleway:apiUrl` says that it is. */
export function callScaleway<T>(path: string, secretKey: string, request?: Request): Promise<T> {
  const base = scaleway.config.apiUrl ?? process.env.SCW_API_URL ?? "https://api.scaleway.com";
  const headers = { "X-Auth-Token": secretKey };
  return requestJson<T>(`${base}${path}`, { ...request, headers });
}
