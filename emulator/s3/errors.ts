import { randomBytes } from "node:crypto";

/** An error of the S3 API. */
export class S3Error extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  /** The XML body of the answer. */
  body(resource: string): string {
    const request = `tx${randomBytes(12).toString("hex")}`;
    const fields = {
      Code: this.code,
      Message: this.message,
      RequestId: request,
      HostId: request,
      Resource: resource,
    };
    const content = Object.entries(fields).map(
      ([name, value]) => `<${name}>${escapeXml(value)}</${name}>`,
    );
    return `<Error>${content.join("")}</Error>`;
  }
}

/** Text as it stands between tags. */
export const escapeXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

export const accessDenied = () => new S3Error(403, "AccessDenied", "Access Denied.");
export const noSuchBucket = () =>
  new S3Error(404, "NoSuchBucket", "The specified bucket does not exist.");
export const malformedXml = () =>
  new S3Error(400, "MalformedXML", "The XML you provided was not well-formed.");
export const malformedPolicy = (message: string) => new S3Error(400, "MalformedPolicy", message);
export const notImplemented = (message: string) => new S3Error(501, "NotImplemented", message);
export const signatureDoesNotMatch = () =>
  new S3Error(
    403,
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided.",
  );
