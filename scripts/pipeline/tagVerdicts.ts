import { stackOfVersion } from "./versionTags";

/** A tag of an image, as Scaleway's registry API lists it. */
export interface RegistryTag {
  readonly id: string;
  readonly name: string;
  readonly digest: string;
  readonly updated_at: string;
}

/** What becomes of an image's version, with every tag that it has: to delete a tag deletes them all. */
export interface Verdict {
  readonly digest: string;
  readonly tags: readonly RegistryTag[];
  /** Why it stays; undefined: it goes. */
  readonly kept?: string;
}

/**
 * Decides for each version of one image. Only what `npm run deploy` has tagged ever goes, and of that nothing that is
 * in use, and nothing of the last deployments of any stack.
 * @param useOf Who uses what a tag stands for; undefined: nobody.
 * @param keep How many versions of each stack stay.
 */
export function verdicts(
  tags: readonly RegistryTag[],
  useOf: (tag: RegistryTag) => string | undefined,
  keep: number,
): Verdict[] {
  const recent = recentVersions(tags, keep);
  const keptBy = (tag: RegistryTag) => useOf(tag) ?? recent.get(tag.digest) ?? otherTag(tag);
  return [...new Set(tags.map(({ digest }) => digest))].map((digest) => {
    const own = tags.filter((tag) => tag.digest === digest);
    const [kept] = own.flatMap((tag) => keptBy(tag) ?? []);
    return { digest, tags: own, ...(kept !== undefined && { kept }) };
  });
}

/** What somebody else has tagged is somebody else's. */
const otherTag = ({ name, digest }: RegistryTag) =>
  stackOfVersion(name, digest) === undefined ? `is tagged ${name}` : undefined;

/** The digests of the newest versions of each stack. */
function recentVersions(tags: readonly RegistryTag[], keep: number): Map<string, string> {
  const newestFirst = [...tags].sort((a, b) => b.updated_at.localeCompare(a.updated_at));
  const seen = new Map<string, number>();
  const recent = new Map<string, string>();
  for (const { name, digest } of newestFirst) {
    const stack = stackOfVersion(name, digest);
    if (stack === undefined) continue;
    const rank = (seen.get(stack) ?? 0) + 1;
    seen.set(stack, rank);
    if (rank <= keep) recent.set(digest, `is one of the last ${keep} of ${stack}`);
  }
  return recent;
}
