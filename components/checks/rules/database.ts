import { checkNodeType, checkRetention, checkVolume } from "./limits/database";
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

/** What the settings say about the database. */
export const databaseRules: readonly Rule[] = [limits];
