import type { EnvironmentSettings } from "../checks/schema";
import { AirflowRole } from "../roles";

/** How many connections a process may hold: `size` for good, and `overflow` more for a while. */
export interface ConnectionPool {
  readonly size: number;
  readonly overflow: number;
}

/** What the containers of an environment ask of its database. */
export interface ConnectionDemand {
  /** Pools of connections: two for each worker of the API server, one for each other process. */
  readonly pools: number;
  /** Connections outside of pools: one for each health page. */
  readonly single: number;
}

/** The `max_connections` that Scaleway gives to a type of node, as recorded; larger ones have more. */
const MAX_CONNECTIONS: Readonly<Record<string, number>> = {
  "DB-DEV-S": 100,
  "DB-DEV-M": 150,
  "DB-PLAY2-PICO": 100,
  "DB-PLAY2-NANO": 100,
};
const FEWEST_CONNECTIONS = 100;
/** Three are PostgreSQL's own for its superuser; the others are for the platform's monitoring and for people. */
const KEPT_FREE = 10;
/** While a deployment rolls a container, the former one and the new one both run. */
const VERSIONS_AT_ONCE = 2;
/** How many connections a process of Airflow holds for good by default. */
const POOL_SIZE_BY_DEFAULT = 5;
/**
 * An idle environment holds five connections in all (measured with Airflow 3.3.2); a busy process opens sessions
 * within sessions, and its heartbeat has one of its own.
 */
export const LEAST_POOL = 3;

/** Whether it is recorded how many connections a type of node takes; others are counted as the smallest. */
export const isRecorded = (nodeType: string): boolean =>
  MAX_CONNECTIONS[nodeType.toUpperCase()] !== undefined;

/** How many connections one version of an environment may hold on a type of node. */
export function connectionBudget(nodeType: string): number {
  const all = MAX_CONNECTIONS[nodeType.toUpperCase()] ?? FEWEST_CONNECTIONS;
  return Math.floor((all - KEPT_FREE) / VERSIONS_AT_ONCE);
}

/** What the containers of each role ask of the database; tasks ask the API server instead. */
export function connectionDemand(
  role: AirflowRole,
  settings: Pick<EnvironmentSettings, "dagProcessor" | "variables">,
): ConnectionDemand {
  if (role === AirflowRole.Webserver) return { pools: 2 * apiWorkers(settings), single: 0 };
  if (role === AirflowRole.DagProcessor) return { pools: 1, single: 1 };
  return { pools: settings.dagProcessor ? 2 : 3, single: 1 };
}

/**
 * The pool of each process of a role. The API server gets what the others leave: it answers every running task and
 * every person, and while all of its connections are in use it answers nobody for 30 seconds (Airflow issue 66493).
 */
export function connectionPool(role: AirflowRole, settings: Sized): ConnectionPool {
  const { budget, pools } = pooled(settings);
  const own = 2 * apiWorkers(settings);
  const others = Math.min(POOL_SIZE_BY_DEFAULT, Math.max(1, Math.floor(budget / pools)));
  if (role !== AirflowRole.Webserver) return { size: others, overflow: 0 };
  const share = Math.max(1, Math.floor((budget - (pools - own) * others) / own));
  const size = Math.min(POOL_SIZE_BY_DEFAULT, share);
  return { size, overflow: share - size };
}

/** The most workers of the API server that leave every process the connections that it cannot do without. */
export function mostApiWorkers(settings: Sized): number {
  const { budget, pools } = pooled(settings);
  const others = pools - 2 * apiWorkers(settings);
  return Math.max(1, Math.floor((budget / LEAST_POOL - others) / 2));
}

type Sized = Pick<EnvironmentSettings, "database" | "dagProcessor" | "variables">;

/** The pools of one version of an environment, and the connections that there are for them. */
function pooled(settings: Sized): { budget: number; pools: number } {
  const demands = deployed(settings).map((role) => connectionDemand(role, settings));
  const single = demands.reduce((sum, demand) => sum + demand.single, 0);
  return {
    budget: connectionBudget(settings.database.nodeType) - single,
    pools: demands.reduce((sum, demand) => sum + demand.pools, 0),
  };
}

function deployed({ dagProcessor }: Pick<EnvironmentSettings, "dagProcessor">): AirflowRole[] {
  return Object.values(AirflowRole).filter((role) => role !== "dagProcessor" || dagProcessor);
}

/** How many workers the webserver's container runs, by its own variables: one, unless they say otherwise. */
function apiWorkers({ variables }: Pick<EnvironmentSettings, "variables">): number {
  const written: unknown = variables.webserver?.[API_WORKERS] ?? variables.all?.[API_WORKERS];
  const count = typeof written === "string" ? Number(written) : 1;
  return Number.isInteger(count) && count > 0 ? count : 1;
}

/** How many workers the API server has. */
export const API_WORKERS = "AIRFLOW__API__WORKERS";
/** How many connections a process holds for good. */
export const POOL_SIZE = "AIRFLOW__DATABASE__SQL_ALCHEMY_POOL_SIZE";
/** How many more it may hold for a while. */
export const MAX_OVERFLOW = "AIRFLOW__DATABASE__SQL_ALCHEMY_MAX_OVERFLOW";
