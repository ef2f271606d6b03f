import type { Input } from "@pulumi/pulumi";
import {
  AdminAccount,
  AirflowWiring,
  airflowVariables,
  ContainerSize,
  mergeVariables,
  Variables,
} from "./airflowVariables";
import type { EnvironmentSettings } from "../checks/schema";
import { connectionPool } from "./databaseConnections";
import { AirflowRole } from "../roles";

/** What an environment's containers have besides its settings. */
export interface ContainerWiring {
  readonly wiring: AirflowWiring<Input<string>>;
  readonly admin: AdminAccount<Input<string>>;
  /** The declared connections, variables and pools, as JSON. */
  readonly objects: Input<string>;
  /** What the containers do in Airflow's place, while the database goes back to a former version's schema. */
  readonly downgrade?: Input<string>;
}

/** The derived variables, under the user's for all roles, under the user's for this one. */
export function containerVariables(
  role: AirflowRole,
  settings: EnvironmentSettings,
  wired: ContainerWiring,
): Variables<Input<string>> {
  const size = containerSize(role, settings);
  const pool = connectionPool(role, settings);
  const derived = airflowVariables({ role, size, pool, ...wired });
  const own = (["all", role] as const).map((scope) => ({
    plain: settings.variables[scope] ?? {},
    secret: (settings.secretVariables[scope] ?? {}) as Record<string, Input<string>>,
  }));
  return own.reduce<Variables<Input<string>>>(mergeVariables, derived);
}

/** The size of a role's container, or of the scheduler's where the role has none of its own. */
export function containerSize(role: AirflowRole, settings: EnvironmentSettings): ContainerSize {
  const { cpu, memory } = settings[role] ?? settings.scheduler;
  return { cpu, memory };
}
