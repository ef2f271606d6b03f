import { Finding } from "../rule";

const HOST = String.raw`(?:[a-zA-Z0-9.-]+(?::\d+)?/)?`;
const WORD = String.raw`[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*`;
const TAG = String.raw`(?::(?<tag>\w[\w.-]{0,127}))?`;
const DIGEST = "(?<digest>@sha256:[0-9a-f]{64})?";
const REFERENCE = new RegExp(`^${HOST}${WORD}(?:/${WORD})*${TAG}${DIGEST}$`);
const EXAMPLE = "apache/airflow:slim-3.3.2-python3.12";

/** The form of an image's reference. */
export function checkReference(image: string): Finding | undefined {
  if (REFERENCE.test(image)) return undefined;
  return {
    message: `${JSON.stringify(image.slice(0, 100))} is not a reference of an image; allowed: a name with a version, such as ${EXAMPLE}`,
    fix: EXAMPLE,
  };
}

/** A reference of an image to deploy: it has a digest, so that it means the same image for ever. */
export function checkDeployable(image: string): Finding | undefined {
  if (REFERENCE.exec(image)?.groups?.digest !== undefined) return undefined;
  return {
    message:
      `${JSON.stringify(image.slice(0, 100))} is not a reference with a digest; allowed: what \`pulumi stack output images\` ` +
      "says, such as rg.fr-par.scw.cloud/lvao-preprod-airflow/lvao-airflow-webserver@sha256:… with 64 hexadecimal digits",
  };
}

/** Whether a reference, if it is well formed, says which version it means. */
export function checkPinned(image: string): Finding | undefined {
  const reference = REFERENCE.exec(image)?.groups;
  if (reference === undefined) return undefined;
  const { tag, digest } = reference;
  if (digest !== undefined || (tag !== undefined && tag !== "latest")) return undefined;
  return {
    message:
      "this may be another image tomorrow without anything here having changed; give a version or a digest",
  };
}
