import { XMLParser, XMLValidator } from "fast-xml-parser";
import type { Bucket } from "../records";
import { omit } from "../omit";
import { cannedAcl } from "./acl";
import { S3Error, malformedXml } from "./errors";
import { parsePolicy } from "./policy";

/** A configuration of a bucket that is kept and answered here rather than by the storage server. */
interface Configuration {
  /** The answer while there is none. */
  missing: (bucket: Bucket) => string;
  /** Checks what is put. */
  check: (body: string) => void;
  contentType: string;
}

const absent = (code: string, message: string) => () => {
  throw new S3Error(404, code, message);
};

const xml = (root: string, item: string) => ({
  contentType: "text/xml; charset=utf-8",
  check: (body: string) => checkXml(body, root, item),
});

const configurations: Record<string, Configuration> = {
  acl: {
    ...xml("AccessControlPolicy", "Owner"),
    missing: ({ project_id }) => cannedAcl("private", project_id),
  },
  cors: {
    ...xml("CORSConfiguration", "CORSRule"),
    missing: absent("NoSuchCORSConfiguration", "The CORS configuration does not exist"),
  },
  lifecycle: {
    ...xml("LifecycleConfiguration", "Rule"),
    missing: absent("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"),
  },
  encryption: {
    ...xml("ServerSideEncryptionConfiguration", "Rule"),
    missing: () => "<ServerSideEncryptionConfiguration></ServerSideEncryptionConfiguration>",
  },
  tagging: {
    ...xml("Tagging", "TagSet"),
    missing: absent("NoSuchTagSet", "The TagSet does not exist"),
  },
  policy: {
    contentType: "text/plain; charset=utf-8",
    check: parsePolicy,
    missing: absent("NoSuchBucketPolicy", "The bucket policy does not exist"),
  },
};

/** Whether a configuration is kept here. */
export const isKept = (subresource: string | undefined): subresource is string =>
  subresource !== undefined && subresource in configurations;

/** The answer to a read of a configuration. */
export function readConfiguration(
  bucket: Bucket,
  subresource: string,
): { contentType: string; body: string } {
  const { contentType, missing } = configurations[subresource]!;
  return { contentType, body: bucket.configuration[subresource] ?? missing(bucket) };
}

/** The bucket with a configuration put, from a body or from the name of a canned access control list. */
export function putConfiguration(
  bucket: Bucket,
  subresource: string,
  body: string,
  cannedName?: string,
): Bucket {
  const isCanned = subresource === "acl" && cannedName !== undefined;
  const text = isCanned ? cannedAcl(cannedName, bucket.project_id) : body;
  configurations[subresource]!.check(text);
  return { ...bucket, configuration: { ...bucket.configuration, [subresource]: text } };
}

/** The bucket without a configuration. */
export function deleteConfiguration(bucket: Bucket, subresource: string): Bucket {
  return { ...bucket, configuration: omit(bucket.configuration, subresource) };
}

function checkXml(body: string, root: string, item: string): void {
  if (XMLValidator.validate(body) !== true) throw malformedXml();
  const document = new XMLParser({ ignoreDeclaration: true }).parse(body) as Record<
    string,
    unknown
  >;
  const content = document[root];
  if (typeof content !== "object" || content === null || !(item in content)) throw malformedXml();
}
