/** The anchor of a heading, as GitHub makes it, so that a link leads to the same place on the site and in the repository. */
export function slug(heading: string): string {
  const kept = heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "");
  return kept.replace(/ /g, "-");
}
