import type { IncomingMessage } from "node:http";
import { hasExpired, isAllowed } from "../api/access";
import type { Model } from "../model";
import type { ApiKey, Bucket } from "../records";
import { actionOf, permissionSetsFor } from "./actions";
import { S3Error, accessDenied, noSuchBucket } from "./errors";
import { parsePolicy, policyAllows } from "./policy";
import { type S3Request, parseCredential } from "./request";

/** The caller of an S3 request. */
export interface Caller {
  key: ApiKey;
  project: string;
}

/** Finds the caller that a request names; whether it is that caller, its signature must prove. */
export function callerOf(model: Model, request: IncomingMessage): Caller {
  const { accessKey, project } = parseCredential(request);
  const key = model.apiKeys.find(accessKey);
  if (!key || hasExpired(key)) {
    throw new S3Error(403, "InvalidAccessKeyId", "The access key does not exist.");
  }
  const named = project ?? key.default_project_id;
  if (!model.projects.find(named)) throw accessDenied();
  return { key, project: named };
}

/**
 * Refuses what the caller may not do: the caller's policies must hold a fitting permission set in the project that
 * the caller names, and the bucket's own policy must allow it too. Where there is none, the bucket must be of that
 * project. The owner of the organization can always change a bucket policy.
 */
export function authorize(
  model: Model,
  request: S3Request,
  { key, project }: Caller,
): Bucket | undefined {
  const action = actionOf(request);
  if (!isAllowed(model, key, permissionSetsFor(action), project)) throw accessDenied();
  if (request.bucket === "" || action === "s3:CreateBucket") return undefined;
  const bucket = model.buckets.find(request.bucket);
  if (bucket?.region !== request.region) throw noSuchBucket();
  const isOwn = bucket.project_id === project;
  const policy = bucket.configuration.policy;
  if (isOwn && (policy === undefined || (key.user_id && changesPolicy(action)))) return bucket;
  if (policy && policyAllows(parsePolicy(policy), accessBy(key, project, request))) return bucket;
  throw accessDenied();
}

const changesPolicy = (action: string) => /^s3:(Put|Delete)BucketPolicy$/.test(action);

function accessBy(key: ApiKey, project: string, request: S3Request) {
  const action = actionOf(request);
  const onObjects = request.key !== "" || action === "s3:DeleteObject";
  return {
    principals: [
      key.user_id ? `user_id:${key.user_id}` : `application_id:${key.application_id}`,
      `project_id:${project}`,
    ],
    action,
    resource: onObjects ? `${request.bucket}/${request.key}` : request.bucket,
  };
}
