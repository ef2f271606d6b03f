import { Problem } from "../problem";
import { EnvironmentSettings } from "../schema";
import { checkDatabaseEndpoint } from "./limits/existing";
import { problems, Rule } from "./rule";

const ID = "R4";

/** What exists already keeps its own name, settings and password. */
const existing: Rule = {
  id: ID,
  check: (settings) => [
    ...endpointProblems(settings),
    ...idle(settings).flatMap(([part, path]) => problems(ID, path, [withoutEffect(part)])),
  ],
};

function endpointProblems({ existing: { database } }: EnvironmentSettings): Problem[] {
  if (typeof database?.endpoint !== "string") return [];
  const place = ["existing", "database", "endpoint"];
  return problems(ID, place, [checkDatabaseEndpoint(database.endpoint)]);
}

/** The settings that are about what is not made, each with the part that exists. */
function idle({ existing, names, database, rotation }: EnvironmentSettings) {
  const settings: [keyof EnvironmentSettings["existing"], string[], unknown][] = [
    ["namespaceId", ["names", "namespace"], names.namespace],
    ["registryEndpoint", ["names", "registry"], names.registry],
    ["privateNetworkId", ["names", "privateNetwork"], names.privateNetwork],
    ["database", ["names", "database"], names.database],
    ["database", ["database", "highAvailability"], database.highAvailability],
    ["database", ["database", "publicAccess"], database.publicAccess],
    ["database", ["rotation", "databasePassword"], rotation.databasePassword > 1],
  ];
  return settings.filter(([part, , value]) => existing[part] !== undefined && Boolean(value));
}

const withoutEffect = (part: string) => ({
  message: `has no effect with existing.${part}; leave it out, or leave out existing.${part}`,
});

/** The rules about what exists already. */
export const existingRules: readonly Rule[] = [existing];
