import { mergeVariables, Variables } from "../../variables/airflowVariables";
import {
  API_WORKERS,
  connectionBudget,
  connectionDemand,
  connectionPool,
  isRecorded,
  LEAST_POOL,
  MAX_OVERFLOW,
  mostApiWorkers,
  POOL_SIZE,
} from "../../variables/databaseConnections";
import { AirflowRole } from "../../roles";
import { Problem } from "../problem";
import { EnvironmentSettings } from "../schema";
import { generatedVariables } from "./generated";
import { problems, Rule } from "./rule";
import { deployedRoles, VariableScope, writtenVariables } from "./written";

/** Connections that the processes of two versions, one of them on its way, may hold together. */
export const connectionRule: Rule = {
  id: "D8",
  check: (settings) => {
    const { size, overflow } = connectionPool(AirflowRole.Webserver, settings);
    const tooSmall = size + overflow < LEAST_POOL;
    const needed = neededConnections(settings);
    const budget = connectionBudget(settings.database.nodeType);
    if (!tooSmall && needed <= budget) return [];
    return writtenVariables(settings)
      .filter(({ kind, name }) => kind === "variables" && SETTINGS.includes(name))
      .filter(({ name }) => (name === API_WORKERS ? tooSmall : needed > budget))
      .flatMap(({ name, scope, path }) =>
        tooMany(path, settings, needed, fits(name, scope, settings)),
      );
  },
};

const SETTINGS = [API_WORKERS, POOL_SIZE, MAX_OVERFLOW];

/** What to give to a setting instead, as text: where it is for every role, what the smallest pool has. */
function fits(name: string, scope: VariableScope, settings: EnvironmentSettings): string {
  const role = scope === "all" ? AirflowRole.Scheduler : scope;
  const { size, overflow } = connectionPool(role, settings);
  const best: Record<string, number> = {
    [API_WORKERS]: mostApiWorkers(settings),
    [POOL_SIZE]: size,
    [MAX_OVERFLOW]: overflow,
  };
  return JSON.stringify(String(best[name]));
}

function tooMany(
  path: string[],
  { database }: EnvironmentSettings,
  needed: number,
  fix: string,
): Problem[] {
  const { nodeType } = database;
  const message =
    `with this, one version of Airflow may hold ${Number.isFinite(needed) ? needed : "any number of"} connections to the database, ` +
    `each process at least ${LEAST_POOL}, but ${nodeType} takes ${connectionBudget(nodeType)} from each of the two that run during a deployment; ` +
    "lower it, leave out what is sized for you, or choose a larger database.nodeType";
  // A type of node of which nothing is recorded may well take more.
  const severity = isRecorded(nodeType) ? "error" : "warning";
  return problems(connectionRule.id, path, [{ message, fix }], severity);
}

function neededConnections(settings: EnvironmentSettings): number {
  return deployedRoles(settings).reduce((sum, role) => {
    const { pools, single } = connectionDemand(role, settings);
    return sum + pools * Math.max(LEAST_POOL, poolOf(role, settings)) + single;
  }, 0);
}

/** What a process of a role may hold, by the variables that its container gets. Airflow takes 0 and -1 for no limit. */
function poolOf(role: AirflowRole, settings: EnvironmentSettings): number {
  const { plain } = (["all", role] as const)
    .map((scope): Variables<unknown> => ({ plain: settings.variables[scope] ?? {}, secret: {} }))
    .reduce(mergeVariables, generatedVariables(role, settings));
  const [size, overflow] = [Number(plain[POOL_SIZE]), Number(plain[MAX_OVERFLOW])];
  if (size <= 0 || overflow < 0) return Infinity;
  // What is no number, or is known only in a deployment, is left to Airflow.
  return Number.isNaN(size + overflow) ? 0 : size + overflow;
}
