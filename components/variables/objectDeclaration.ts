import type { AirflowObjects } from "../airflowObjects";
import { checkDeclaration } from "../checks/rules/limits/objects";
import { UpdateFailed } from "../pulumi/updateFailed";

/**
 * The declaration as the webserver's start reads it from `DECLARED_OBJECTS`, as JSON. It makes what is missing, sets
 * back what differs, and deletes what it once made and finds here no longer; what people made by hand stays.
 */
export function objectDeclaration({ connections, airflowVariables, pools }: AirflowObjects) {
  return {
    connections: mapValues(connections, ({ type, ...parts }) => ({ conn_type: type, ...parts })),
    variables: airflowVariables,
    pools: mapValues(pools, ({ includeDeferred = false, ...pool }) => ({
      ...pool,
      include_deferred: includeDeferred,
    })),
  };
}

/**
 * The declaration's JSON as it is.
 * @throws `UpdateFailed` if it is longer than the 65,536 bytes of a secret variable.
 */
export function fittingDeclaration(json: string): string {
  const finding = checkDeclaration(json);
  if (finding === undefined) return json;
  throw new UpdateFailed(`connections, airflowVariables and pools: ${finding.message}`);
}

function mapValues<V, W>(
  values: Readonly<Record<string, V>>,
  change: (value: V) => W,
): Record<string, W> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}
