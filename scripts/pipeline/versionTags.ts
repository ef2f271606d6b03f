import { imageReference, tagImage } from "./imageRegistry";

/** The tag by which a stack's version of an image is found again. A build calls each image `latest`, until the next. */
export function versionTag(stack: string, digest: string): string {
  return `${stack}-${shortDigest(digest)}`;
}

/** The stack whose version a tag names; undefined for a tag that is none of `versionTag`. */
export function stackOfVersion(tag: string, digest: string): string | undefined {
  const ending = `-${shortDigest(digest)}`;
  return tag.length > ending.length && tag.endsWith(ending)
    ? tag.slice(0, -ending.length)
    : undefined;
}

/** As long as short ids of images are in Docker. */
const shortDigest = (digest: string) => digest.slice("sha256:".length).slice(0, 12);

/** Tags the images that a stack runs, so that its registry lists them for as long as they are wanted. */
export async function tagVersions(
  stack: string,
  images: Readonly<Record<string, string>>,
  secretKey: string,
): Promise<void> {
  for (const image of new Set(Object.values(images))) {
    await tagImage(image, versionTag(stack, imageReference(image).digest), secretKey);
  }
}
