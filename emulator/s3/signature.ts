import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { accessDenied, signatureDoesNotMatch, S3Error } from "./errors";

const longestSkew = 15 * 60 * 1000;

/** The parts of an `Authorization: AWS4-HMAC-SHA256 …` header. */
interface Authorization {
  accessKey: string;
  region: string;
  signedHeaders: string[];
  signature: string;
}

/** Checks the signature of a request with its whole body, given the secret of the key that it names. */
export async function verifySignature(
  request: IncomingMessage,
  body: Buffer,
  secret: string,
): Promise<void> {
  const authorization = parse(request.headers.authorization ?? "");
  const signed = request.headers["x-amz-date"];
  const signingDate = parseDate(typeof signed === "string" ? signed : "");
  if (Math.abs(Date.now() - signingDate.getTime()) > longestSkew) {
    throw new S3Error(
      403,
      "RequestTimeTooSkewed",
      "The request is too far from the server's time.",
    );
  }
  const expected = await sign(request, authorization, secret, signingDate);
  if (!sameText(expected, authorization.signature)) throw signatureDoesNotMatch();
  verifyBody(request, body);
}

async function sign(
  request: IncomingMessage,
  { accessKey, region, signedHeaders }: Authorization,
  secret: string,
  signingDate: Date,
): Promise<string> {
  const signer = new SignatureV4({
    service: "s3",
    region,
    credentials: { accessKeyId: accessKey, secretAccessKey: secret },
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: false,
  });
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://host");
  const { headers } = await signer.sign(
    {
      method: request.method ?? "GET",
      protocol: "https:",
      hostname: request.headers.host ?? "",
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: Object.fromEntries(
        signedHeaders.map((name) => [name, String(request.headers[name] ?? "")]),
      ),
    },
    { signingDate, signableHeaders: new Set(signedHeaders) },
  );
  return parse(headers.authorization ?? "").signature;
}

function verifyBody(request: IncomingMessage, body: Buffer): void {
  const declared = request.headers["x-amz-content-sha256"];
  if (typeof declared !== "string" || !/^[\da-f]{64}$/.test(declared)) return;
  if (createHash("sha256").update(body).digest("hex") !== declared) {
    throw new S3Error(
      400,
      "XAmzContentSHA256Mismatch",
      "The body does not match its declared hash.",
    );
  }
}

function parse(header: string): Authorization {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/([^/]+)\/s3\/aws4_request,\s*SignedHeaders=([^,]+),\s*Signature=([\da-f]+)$/;
  const [, accessKey, region, signedHeaders, signature] = pattern.exec(header) ?? [];
  if (!accessKey || !region || !signedHeaders || !signature) throw accessDenied();
  return { accessKey, region, signedHeaders: signedHeaders.split(";"), signature };
}

function parseDate(text: string): Date {
  const date = new Date(
    text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
  );
  if (Number.isNaN(date.getTime())) throw accessDenied();
  return date;
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
