import * as scaleway from "@pulumiverse/scaleway";
import { Request, requestJson } from "./request";

/** A call of Scaleway's API with a secret key, at the address that the provider finds: `SCW_API_URL` before `scaleway:apiUrl`. */
export function callScaleway<T>(path: string, secretKey: string, request?: Request): Promise<T> {
  const base = process.env.SCW_API_URL || scaleway.config.apiUrl || "https://api.scaleway.com";
  const headers = { "X-Auth-Token": secretKey };
  return requestJson<T>(`${base}${path}`, { ...request, headers });
}
