/**
 * What is known of every property of a resource: its path (`input.healthChecks[].tcp`) and its type, and whether an
 * input is required. (Whether an output may be undefined is a matter of types only.)
 */
export type Facts = Map<string, string>;

/** What differs between two sets of facts, one line for each property. */
export function differences(ours: Facts, theirs: Facts): string[] {
  const paths = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
  return paths
    .filter((path) => ours.get(path) !== theirs.get(path))
    .map(
      (path) => `${path}: ${ours.get(path) ?? "missing"}, SDK: ${theirs.get(path) ?? "missing"}`,
    );
}
