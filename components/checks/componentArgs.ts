import type { AirflowContainerArgs } from "../airflowContainer";
import type { DatabaseArgs } from "../database";
import type { LogBucketArgs } from "../logBucket";
import { Finding, Problem } from "./problem";
import {
  checkCpu,
  checkLocalStorage,
  checkMemory,
  checkPair,
  checkPort,
  checkTimeout,
} from "./rules/limits/containers";
import { allowListProblems } from "./rules/database";
import { checkNodeType, checkRetention, checkVolume } from "./rules/limits/database";
import { checkContainerName, checkDatabaseName, checkLogBucketName } from "./rules/limits/names";
import { checkName, checkReserved, checkValue } from "./rules/limits/variables";
import { logProblems } from "./rules/logs";
import { problems } from "./rules/rule";

/** What is wrong with the arguments of an `AirflowContainer`. */
export function containerProblems(args: AirflowContainerArgs): Problem[] {
  const { cpu, memory } = args.size;
  const apart = [
    ...problems("C10", ["size", "cpu"], [checkCpu(cpu)]),
    ...problems("C10", ["size", "memory"], [checkMemory(memory)]),
  ];
  return [
    ...problems("L3", ["containerName"], [checkContainerName(args.containerName)]),
    ...apart,
    ...(apart.length > 0 ? [] : problems("C10", ["size", "memory"], [checkPair(cpu, memory)])),
    ...given("L2", "localStorage", args.localStorage, checkLocalStorage),
    ...given("C9", "port", args.port, checkPort),
    ...given("L1", "requestTimeout", args.requestTimeout, checkTimeout),
    ...variableProblems("variables", args.variables),
    ...variableProblems("secretVariables", args.secretVariables),
  ];
}

/** What is wrong with the arguments of a `Database`. */
export function databaseProblems(args: DatabaseArgs): Problem[] {
  return [
    ...problems("L3", ["databaseName"], [checkDatabaseName(args.databaseName)]),
    ...given("L4", "nodeType", args.nodeType, checkNodeType),
    ...given("L4", "volumeSize", args.volumeSize, checkVolume),
    ...given("L4", "backupRetention", args.backupRetention, checkRetention),
    ...allowListProblems([], args.publicAccess),
  ];
}

/** What is wrong with the arguments of a `LogBucket`. */
export function logBucketProblems(args: LogBucketArgs): Problem[] {
  return [
    ...problems("L3", ["bucketName"], [checkLogBucketName(args.bucketName)]),
    ...logProblems(args),
  ];
}

function given<T>(
  rule: string,
  key: string,
  value: T | undefined,
  check: (value: T) => Finding | undefined,
): Problem[] {
  return value === undefined ? [] : problems(rule, [key], [check(value)]);
}

function variableProblems(
  kind: "variables" | "secretVariables",
  variables: Record<string, unknown> = {},
): Problem[] {
  return Object.entries(variables).flatMap(([name, value]) => [
    ...problems("C9", [kind, name], [checkReserved(name)]),
    ...problems(
      "C8",
      [kind, name],
      [
        checkName(name),
        // Values that are not known yet are left to the engine.
        typeof value === "string" ? checkValue(value, kind === "secretVariables") : undefined,
      ],
    ),
  ]);
}
