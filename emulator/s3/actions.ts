import type { S3Request } from "./request";

/** The configurations of a bucket, by the query parameter that names them -> the stem of their actions. */
const subresources: Record<string, string> = {
  acl: "BucketAcl",
  cors: "BucketCORS",
  encryption: "EncryptionConfiguration",
  lifecycle: "LifecycleConfiguration",
  "object-lock": "BucketObjectLockConfiguration",
  policy: "BucketPolicy",
  tagging: "BucketTagging",
  versioning: "BucketVersioning",
  website: "BucketWebsite",
  location: "BucketLocation",
};

/** The configuration of a bucket that a request is about, if it is about one. */
export function subresourceOf({ key, query }: S3Request): string | undefined {
  return key === "" ? Object.keys(subresources).find((name) => query.has(name)) : undefined;
}

/** The action that a request needs the right to, as bucket policies name it. */
export function actionOf(request: S3Request): string {
  if (request.bucket === "") return "s3:ListAllMyBuckets";
  return `s3:${request.key === "" ? bucketAction(request) : objectAction(request)}`;
}

function bucketAction(request: S3Request): string {
  const { method, query } = request;
  const subresource = subresourceOf(request);
  const reads = method === "GET" || method === "HEAD";
  if (subresource === "policy" && method === "DELETE") return "DeleteBucketPolicy";
  if (subresource) return `${reads ? "Get" : "Put"}${subresources[subresource]}`;
  if (query.has("versions")) return "ListBucketVersions";
  if (query.has("uploads")) return "ListBucketMultipartUploads";
  if (query.has("delete")) return "DeleteObject";
  if (reads) return "ListBucket";
  return method === "DELETE" ? "DeleteBucket" : "CreateBucket";
}

function objectAction({ method, query }: S3Request): string {
  const detail = ["acl", "tagging", "retention"].find((name) => query.has(name));
  const suffix = detail ? detail[0]!.toUpperCase() + detail.slice(1) : "";
  if (method === "DELETE") {
    if (query.has("uploadId")) return "AbortMultipartUpload";
    return detail ? `DeleteObject${suffix}` : "DeleteObject";
  }
  const reads = method === "GET" || method === "HEAD";
  if (reads && query.has("uploadId")) return "ListMultipartUploadParts";
  return `${reads ? "Get" : "Put"}Object${suffix}`;
}

/** The permission sets of which one is needed for an action. */
export function permissionSetsFor(action: string): string[] {
  const full = ["ObjectStorageFullAccess", "AllProductsFullAccess"];
  const readOnly = ["ObjectStorageReadOnly", "AllProductsReadOnly"];
  const name = action.replace("s3:", "");
  if (/^(Put|Delete)BucketPolicy$/.test(name))
    return [...full, "ObjectStorageBucketPolicyFullAccess"];
  if (name === "DeleteBucket") return [...full, "ObjectStorageBucketsDelete"];
  if (/^(CreateBucket|Put(Bucket|Encryption|Lifecycle))/.test(name)) {
    return [...full, "ObjectStorageBucketsWrite"];
  }
  if (/^DeleteObject$/.test(name)) return [...full, "ObjectStorageObjectsDelete"];
  if (/^(PutObject|DeleteObject|Abort)/.test(name)) return [...full, "ObjectStorageObjectsWrite"];
  if (/^(GetObject|ListMultipart)/.test(name)) {
    return [...full, ...readOnly, "ObjectStorageObjectsRead"];
  }
  const lists = /^ListBucket/.test(name) ? ["ObjectStorageObjectsRead"] : [];
  return [...full, ...readOnly, "ObjectStorageBucketsRead", ...lists];
}
