import { mergeVariables, Variables } from "../../variables/airflowVariables";
import { AirflowRole } from "../../roles";
import { Finding, Problem } from "../problem";
import { EnvironmentSettings } from "../schema";
import { isUnknown } from "../unknown";
import { FERNET_KEY, generatedVariables } from "./generated";
import {
  checkCount,
  checkName,
  checkOpenPassword,
  checkReserved,
  checkValue,
} from "./limits/variables";
import { problems, Rule } from "./rule";
import {
  deployedRoles,
  variableKinds,
  VariableKind,
  WrittenVariable,
  writtenVariables,
} from "./written";

/** Names and values that a container can take. */
const limits: Rule = {
  id: "C8",
  check: (settings) => [
    ...writtenVariables(settings).flatMap((variable) =>
      problems(limits.id, variable.path, [checkName(variable.name), valueFinding(variable)]),
    ),
    ...inBothKinds(settings),
    ...deployedRoles(settings).flatMap((role) => tooMany(role, settings)),
  ],
};

function valueFinding({ kind, name, value }: WrittenVariable): Finding | undefined {
  const secret = kind === "secretVariables";
  // That a Fernet key is empty is another rule's, which says more.
  if (secret && name === FERNET_KEY && value === "") return undefined;
  if (typeof value === "string") return checkValue(value, secret);
  if (isUnknown(value)) return undefined;
  if (typeof value === "number" || typeof value === "boolean") {
    return {
      // YAML has changed it already: 1.10 is 1.1, and 010 is 8.
      message: `a ${typeof value} is not a text; put it between quotation marks`,
      fix: secret ? undefined : JSON.stringify(String(value)),
    };
  }
  return { message: "the value is not a text; give one line of text, between quotation marks" };
}

function inBothKinds(settings: EnvironmentSettings): Problem[] {
  return writtenVariables(settings)
    .filter(({ kind, scope, name }) => {
      const secrets = settings.secretVariables[scope] ?? {};
      return kind === "variables" && Object.hasOwn(secrets, name);
    })
    .flatMap(({ path, scope }) =>
      problems(limits.id, path, [
        { message: `is in secretVariables.${scope} too; keep one of the two` },
      ]),
    );
}

function tooMany(role: AirflowRole, settings: EnvironmentSettings): Problem[] {
  const merged = (["all", role] as const)
    .map((scope): Variables<unknown> => ({
      plain: settings.variables[scope] ?? {},
      secret: settings.secretVariables[scope] ?? {},
    }))
    .reduce(mergeVariables, generatedVariables(role, settings));
  const counts: Record<VariableKind, object> = {
    variables: merged.plain,
    secretVariables: merged.secret,
  };
  return variableKinds.flatMap((kind) => {
    const scope = settings[kind][role] === undefined ? "all" : role;
    return problems(limits.id, [kind, scope], [checkCount(Object.keys(counts[kind]).length)]);
  });
}

/** Names that the platform keeps for itself. */
const reserved: Rule = {
  id: "C9",
  check: (settings) =>
    writtenVariables(settings).flatMap(({ name, path }) =>
      problems(reserved.id, path, [checkReserved(name)]),
    ),
};

/** Secrets typed where everybody can read them. */
const inTheOpen: Rule = {
  id: "P1",
  check: (settings) =>
    writtenVariables(settings)
      .filter(({ kind }) => kind === "variables")
      .flatMap((variable) => openSecret(variable, settings)),
};

function openSecret(variable: WrittenVariable, settings: EnvironmentSettings): Problem[] {
  const { scope, name, value, path } = variable;
  const fix = `secretVariables.${scope}.${name}`;
  if (
    deployedRoles(settings).some((role) =>
      Object.hasOwn(generatedVariables(role, settings).secret, name),
    )
  ) {
    const message =
      "is a secret that is generated for you, and here everybody could read it; remove it, or set your own with " +
      "`pulumi config set --secret --path`";
    return problems(inTheOpen.id, path, [{ message, fix }]);
  }
  const finding = typeof value === "string" ? checkOpenPassword(value) : undefined;
  return problems(inTheOpen.id, path, [finding && { ...finding, fix }], "warning");
}

/** Variables that reach nobody. */
const withoutContainer: Rule = {
  id: "L5",
  check: (settings) =>
    settings.dagProcessor !== undefined
      ? []
      : variableKinds
          .filter((kind) => Object.keys(settings[kind].dagProcessor ?? {}).length > 0)
          .flatMap((kind) =>
            problems(
              withoutContainer.id,
              [kind, "dagProcessor"],
              [
                {
                  message:
                    "the dag-processor has no container of its own here but runs in the scheduler's, so these reach nobody",
                  fix: `${kind}.scheduler`,
                },
              ],
              "warning",
            ),
          ),
};

/** What the settings say about environment variables, Airflow's or not. */
export const variableRules: readonly Rule[] = [limits, reserved, inTheOpen, withoutContainer];
