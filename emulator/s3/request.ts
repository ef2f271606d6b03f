import type { IncomingMessage } from "node:http";
import { accessDenied } from "./errors";

/** What an S3 request is about. */
export interface S3Request {
  method: string;
  region: string;
  /** Empty for a request about the account. */
  bucket: string;
  /** Empty for a request about a bucket as a whole. */
  key: string;
  query: URLSearchParams;
}

/** Who an S3 request comes from: `access key[@project]` in its credential. */
export interface S3Credential {
  accessKey: string;
  project?: string;
}

const hostPattern = /^(?:(.+)\.)?s3\.([a-z-]+)\.scw\.cloud$/;

/** Whether a host name belongs to the object storage. */
export const isStorageHost = (host: string): boolean => hostPattern.test(host);

/** Reads what a request is about from its host name and its path. */
export function parseRequest({ method = "GET", headers, url = "/" }: IncomingMessage): S3Request {
  const host = (headers.host ?? "").replace(/:\d+$/, "");
  const [, virtualBucket, region = ""] = hostPattern.exec(host) ?? [];
  const { pathname, searchParams } = new URL(url, "http://host");
  const path = decodeURIComponent(pathname.slice(1));
  const [first = "", ...rest] = path.split("/");
  return {
    method,
    region,
    bucket: virtualBucket ?? first,
    key: virtualBucket === undefined ? rest.join("/") : path,
    query: searchParams,
  };
}

/** Reads who signed a request, in a header or in its query. */
export function parseCredential({ headers, url = "/" }: IncomingMessage): S3Credential {
  const inQuery = new URL(url, "http://host").searchParams.get("X-Amz-Credential");
  const [, inHeader] = /Credential=([^,\s]+)/.exec(headers.authorization ?? "") ?? [];
  const [identity] = (inHeader ?? inQuery ?? "").split("/");
  if (!identity) throw accessDenied();
  const [accessKey = "", project] = identity.split("@");
  return { accessKey, project };
}
