import { isOfPullRequest, ResourceNames, resourceNames } from "../../names";
import { AirflowRole } from "../../roles";
import { Finding, Problem } from "../problem";
import { EnvironmentSettings } from "../schema";
import {
  checkContainerName,
  checkDatabaseName,
  checkEnvironmentName,
  checkLogBucketName,
  checkNamespaceName,
  checkPrefix,
  checkRegistryName,
} from "./limits/names";
import { problems, Rule } from "./rule";

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
  bucket: checkLogBucketName,
};

/** The name of the environment is part of the others: what no name may hold, it may not hold. */
const derivedNames: Rule = {
  id: "R2",
  check: (settings, environment) => {
    const finding = checkEnvironmentName(environment) ?? tooLongWith(environment, settings);
    return problems(derivedNames.id, ["environment"], [finding]);
  },
};

function tooLongWith(environment: string, { prefix, names }: EnvironmentSettings) {
  if (checkPrefix(prefix)) return undefined;
  const derived = resourceNames(prefix, environment, names);
  const [key, finding] =
    Object.entries(nameChecks)
      .filter(([key]) => names[key as keyof typeof nameChecks] === undefined)
      .map(([key, check]) => [key, check(derived[key as keyof typeof nameChecks])] as const)
      .find(([, found]) => found !== undefined) ?? [];
  return (
    finding && {
      message: `${JSON.stringify(environment)} makes a name too long: ${finding.message}; shorten it or the prefix, or give the name in names.${key}`,
    }
  );
}

/** The environment of a pull request goes when that is closed. */
const passing: Rule = {
  id: "R3",
  check: ({ protect }, environment) => {
    if (!protect || !isOfPullRequest(environment)) return [];
    const message = `is true, but ${environment} goes when its pull request is closed; start from Pulumi.pr.yaml`;
    return problems(passing.id, ["protect"], [{ message, fix: "false" }]);
  },
};

/** What the settings say about names. */
export const nameRules: readonly Rule[] = [containerNames, otherNames, derivedNames, passing];
