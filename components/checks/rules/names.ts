import { ResourceNames, resourceNames } from "../../names";
import { AirflowRole } from "../../roles";
import { Problem } from "../problem";
import { EnvironmentSettings } from "../schema";
import {
  checkBucketName,
  checkContainerName,
  checkDatabaseName,
  checkNamespaceName,
  checkPrefix,
  checkRegistryName,
} from "./limits/names";
import { Finding, problems, Rule } from "./rule";

const roles = Object.values(AirflowRole);

/** A container is recreated under a new name, the old one first: a bad name would leave nothing running. */
const containerNames: Rule = {
  id: "C14",
  check: (settings) => [
    ...roles.flatMap((role) => containerNameProblems(role, settings)),
    ...sharedNames(settings),
  ],
};

function containerNameProblems(role: AirflowRole, settings: EnvironmentSettings): Problem[] {
  if (settings[role] === undefined) return [];
  const given = settings.names[role];
  if (given !== undefined) {
    return problems(containerNames.id, ["names", role], [checkContainerName(given)]);
  }
  // A prefix that is no name at all is another rule's.
  if (checkPrefix(settings.prefix)) return [];
  const finding = checkContainerName(namesOf(settings)[role]);
  return problems(containerNames.id, ["prefix"], [finding && tooLong(settings.prefix, finding)]);
}

function tooLong(prefix: string, { message }: Finding): Finding {
  return {
    message: `${JSON.stringify(prefix)} makes a container's name too long: ${message}; shorten it, or name the container in names`,
  };
}

function sharedNames(settings: EnvironmentSettings): Problem[] {
  const names = namesOf(settings);
  const present = roles.filter((role) => settings[role] !== undefined);
  return present
    .filter((role, index) => present.findIndex((other) => names[other] === names[role]) < index)
    .flatMap((role) =>
      problems(
        containerNames.id,
        ["names", role],
        [{ message: `another container is called ${names[role]} too; give each its own name` }],
      ),
    );
}

/** The names of containers do not depend on the environment. */
function namesOf({ prefix, names }: EnvironmentSettings): ResourceNames {
  return resourceNames(prefix, "", names);
}

/** Names of which Scaleway finds out only when others exist already. */
const otherNames: Rule = {
  id: "L3",
  check: ({ prefix, names }) => [
    ...problems(otherNames.id, ["prefix"], [checkPrefix(prefix)]),
    ...Object.entries(nameChecks).flatMap(([key, check]) => {
      const name = names[key as keyof typeof nameChecks];
      return name === undefined ? [] : problems(otherNames.id, ["names", key], [check(name)]);
    }),
  ],
};

const nameChecks = {
  namespace: checkNamespaceName,
  registry: checkRegistryName,
  database: checkDatabaseName,
  bucket: checkBucketName,
};

/** What the settings say about names. */
export const nameRules: readonly Rule[] = [containerNames, otherNames];
