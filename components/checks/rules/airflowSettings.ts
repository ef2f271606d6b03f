import { AirflowRole } from "../../roles";
import { checkAirflowVariables } from "../airflowSettings";
import { Problem } from "../problem";
import { EnvironmentSettings } from "../schema";
import { generatedVariables } from "./generated";
import { Rule } from "./rule";
import { variableKinds, VariableKind, VariableScope, variableScopes } from "./written";

type Names = Record<string, string | undefined>;

/** Airflow ignores in silence what it does not know. */
const knownSettings: Rule = {
  id: "A5",
  check: (settings) =>
    variableScopes.flatMap((scope) =>
      variableKinds.flatMap((kind) => unknownSettings(kind, scope, settings)),
    ),
};

function unknownSettings(
  kind: VariableKind,
  scope: VariableScope,
  settings: EnvironmentSettings,
): Problem[] {
  const written = settings[kind][scope];
  if (written === undefined) return [];
  const texts = Object.fromEntries(
    Object.entries(written).map(([name, value]) => [
      name,
      kind === "variables" && typeof value === "string" ? value : undefined,
    ]),
  );
  // Whether an old name still counts depends on what else its container has.
  const seen = { ...besides(scope, settings), ...texts };
  return checkAirflowVariables(seen, [kind, scope]).filter(({ path }) =>
    Object.hasOwn(texts, path.at(-1)!),
  );
}

/** The names of all variables that come to the same containers, generated or written elsewhere. */
function besides(scope: VariableScope, settings: EnvironmentSettings): Names {
  const roles = scope === "all" ? Object.values(AirflowRole) : [scope];
  const generated = roles.map((role) => generatedVariables(role, settings));
  const written = (["all", scope] as const).flatMap((place) =>
    variableKinds.map((kind): object => settings[kind][place] ?? {}),
  );
  return Object.fromEntries(
    [...generated.flatMap(({ plain, secret }) => [plain, secret]), ...written]
      .flatMap(Object.keys)
      .map((name) => [name, undefined]),
  );
}

/** What the settings say to Airflow. */
export const airflowSettingRules: readonly Rule[] = [knownSettings];
