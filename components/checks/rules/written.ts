import { AirflowRole } from "../../roles";
import { EnvironmentSettings } from "../schema";

/** Where variables are written: in the open or not, for every container or for one. */
export const variableKinds = ["variables", "secretVariables"] as const;
/** Where variables are written: in the open or not. */
export type VariableKind = (typeof variableKinds)[number];
/** For whom variables are written. */
export const variableScopes = ["all", ...Object.values(AirflowRole)] as const;
/** For whom variables are written. */
export type VariableScope = (typeof variableScopes)[number];

/** A variable as the user wrote it. */
export interface WrittenVariable {
  readonly kind: VariableKind;
  readonly scope: VariableScope;
  readonly name: string;
  /** Text, or something that becomes text only in a deployment, or a mistake. */
  readonly value: unknown;
  readonly path: string[];
}

/** Every variable that the settings hold. */
export function writtenVariables(settings: EnvironmentSettings): WrittenVariable[] {
  return variableKinds.flatMap((kind) =>
    variableScopes.flatMap((scope) =>
      Object.entries(settings[kind][scope] ?? {}).map(([name, value]) => ({
        kind,
        scope,
        name,
        value: value as unknown,
        path: [kind, scope, name],
      })),
    ),
  );
}

/** The roles that have a container of their own. */
export function deployedRoles(settings: EnvironmentSettings): AirflowRole[] {
  return Object.values(AirflowRole).filter((role) => settings[role] !== undefined);
}
