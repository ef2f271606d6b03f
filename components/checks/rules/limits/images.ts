import { Finding } from "../../problem";

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

/** Whether a version is older than that of Airflow in a base image, or may be the same, where the image's name tells it. */
export function checkOlder(
  airflow: string,
  baseImage: string,
  maySame: boolean,
): Finding | undefined {
  const [, newest] = /slim-(\d+\.\d+\.\d+)/.exec(baseImage) ?? [];
  if (newest === undefined || isOlder(airflow, newest)) return undefined;
  if (maySame && airflow === newest) return undefined;
  return {
    message: `${airflow} is not older than the ${newest} of these images, and only a newer Airflow takes a database back; deploy the newer one with this setting`,
  };
}

function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split(".").map(Number));
  const differing = a!.findIndex((part, index) => part !== b![index]);
  return differing >= 0 && a![differing]! < b![differing]!;
}
