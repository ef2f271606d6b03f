import type { types } from "@pulumiverse/scaleway";
import type { AnyToOthers } from "../pulumi/anyToOthers";

/** Storage classes that cost less than the standard one. */
export const ColdStorageClass = {
  /** In one availability zone; read at once. */
  OneZone: "ONEZONE_IA",
  /** In the archive; read only after it has been restored, which takes minutes to a day. Not in Warsaw. */
  Glacier: "GLACIER",
} as const;

/** A storage class that costs less than the standard one. */
export type ColdStorageClass = (typeof ColdStorageClass)[keyof typeof ColdStorageClass];

/** When logs move to a storage class that costs less. */
export interface ColdStorageArgs {
  /** Age in days: 30 at least for `ONEZONE_IA`, 90 at least for `GLACIER`, and less than the retention. */
  readonly after: number;
  /** The storage class; logs in `GLACIER` are not shown until they are restored. */
  readonly storageClass: ColdStorageClass;
}

/** Age in days at which logs are deleted, or `forever`. */
export type Retention = AnyToOthers<number | "forever">;

/** How long what is in a log bucket stays. */
export interface LogLifecycle {
  readonly retention: Retention;
  readonly coldStorage?: ColdStorageArgs;
  readonly versioning: boolean;
}

/** Days for which logs are kept unless told otherwise. */
export const DEFAULT_RETENTION = 90;

type Rule = types.input.object.BucketLifecycleRule;

const UNFINISHED_UPLOAD_DAYS = 1;
/** Days for which a version stays that was replaced or deleted. */
const FORMER_VERSION_DAYS = 7;

/** The lifecycle rules of a log bucket. Scaleway applies them once a day. */
export function lifecycleRules({ retention, coldStorage, versioning }: LogLifecycle): Rule[] {
  const unfinished = { abortIncompleteMultipartUploadDays: UNFINISHED_UPLOAD_DAYS };
  return [
    { id: "unfinished-uploads", enabled: true, ...unfinished },
    ...(typeof retention === "number" ? [expiry(retention)] : []),
    ...(coldStorage ? [transition(coldStorage)] : []),
    ...(versioning ? formerVersions : []),
  ];
}

const expiry = (days: number): Rule => ({ id: "retention", enabled: true, expiration: { days } });

const transition = ({ after, storageClass }: ColdStorageArgs): Rule => ({
  id: "cold-storage",
  enabled: true,
  transitions: [{ days: after, storageClass }],
});

const formerVersions: Rule[] = [
  {
    id: "former-versions",
    enabled: true,
    noncurrentVersionExpiration: { noncurrentDays: FORMER_VERSION_DAYS },
  },
  { id: "deletion-markers", enabled: true, expiration: { expiredObjectDeleteMarker: true } },
];
