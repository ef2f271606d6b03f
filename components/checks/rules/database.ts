import { Problem } from "../problem";
import {
  checkAddressRange,
  checkAllowList,
  checkNodeType,
  checkRetention,
  checkVolume,
} from "./limits/database";
import { problems, Rule } from "./rule";

/** What Scaleway takes as a database instance. */
const limits: Rule = {
  id: "L4",
  check: ({ database }) => [
    ...problems(limits.id, ["database", "nodeType"], [checkNodeType(database.nodeType)]),
    ...problems(limits.id, ["database", "volumeSize"], [checkVolume(database.volumeSize)]),
    ...problems(
      limits.id,
      ["database", "backupRetention"],
      [checkRetention(database.backupRetention)],
    ),
  ],
};

/** Whom a public endpoint lets in. */
const allowList: Rule = {
  id: "D6",
  check: ({ database: { publicAccess } }) => allowListProblems(["database"], publicAccess),
};

/** What is wrong with an allow list that stands as `publicAccess` at a path. */
export function allowListProblems(
  path: Problem["path"],
  ranges: readonly string[] | undefined,
): Problem[] {
  if (ranges === undefined) return [];
  const place = [...path, "publicAccess"];
  return [
    ...problems(allowList.id, place, [checkAllowList(ranges)]),
    ...ranges.flatMap((range, index) =>
      problems(allowList.id, [...place, index], [checkAddressRange(range)]),
    ),
  ];
}

/** What the settings say about the database. */
export const databaseRules: readonly Rule[] = [limits, allowList];
