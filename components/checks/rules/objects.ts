import { objectDeclaration } from "../../variables/objectDeclaration";
import { mapNested, referencesIn } from "../../secrets/secretReference";
import { Finding, Problem } from "../problem";
import { EnvironmentSettings } from "../schema";
import { isUnknown } from "../unknown";
import {
  checkConnectionId,
  checkDeclaration,
  checkPoolName,
  checkPort,
  checkSlots,
  checkUri,
  checkVariableKey,
} from "./limits/objects";
import { problems, Rule } from "./rule";
import { writtenVariables } from "./written";

type Connection = EnvironmentSettings["connections"][string];

/** What Airflow can read as a connection. */
const connections: Rule = {
  id: "O1",
  check: (settings) =>
    Object.entries(settings.connections).flatMap(([id, connection]) => {
      const path = ["connections", id];
      return [
        ...problems(connections.id, path, [checkConnectionId(id)]),
        ...shapeProblems(path, connection),
        ...partProblems(path, connection),
        ...shadowed(connections.id, path, `AIRFLOW_CONN_${id.toUpperCase()}`, settings),
      ];
    }),
};

function shapeProblems(path: string[], connection: Connection): Problem[] {
  const given = Object.entries(connection).flatMap(([key, value]) =>
    value === undefined ? [] : [key],
  );
  if (!given.includes("uri")) {
    const message = "is missing; give a type, such as postgres, or a uri";
    return given.includes("type") ? [] : problems(connections.id, [...path, "type"], [{ message }]);
  }
  const besides = given.filter((key) => key !== "uri" && key !== "description");
  if (besides.length === 0) return [];
  const message = `has a uri and ${besides.join(", ")} too; keep the uri or the parts`;
  return problems(connections.id, path, [{ message }]);
}

function partProblems(path: string[], { port, uri, ...parts }: Connection): Problem[] {
  const texts = Object.entries({ uri, ...parts }).filter(([key]) => key !== "extra");
  return [
    ...texts.flatMap(([key, value]) =>
      problems(connections.id, [...path, key], [textFinding(value)]),
    ),
    ...(port === undefined || isUnknown(port)
      ? []
      : problems(connections.id, [...path, "port"], [checkPort(port)])),
    ...(typeof uri === "string" && uri !== ""
      ? problems(connections.id, [...path, "uri"], [checkUri(uri)])
      : []),
  ];
}

function textFinding(value: unknown): Finding | undefined {
  if (value === undefined || isUnknown(value)) return undefined;
  if (value === "") return { message: "is empty; give it a value or leave it out" };
  if (typeof value === "string") return undefined;
  return { message: "is not a text; put it between quotation marks" };
}

/** What Airflow can keep as a variable. */
const airflowVariables: Rule = {
  id: "O2",
  check: (settings) =>
    Object.entries(settings.airflowVariables).flatMap(([key, { value, description }]) => {
      const path = ["airflowVariables", key];
      return [
        ...problems(airflowVariables.id, path, [checkVariableKey(key), variableFinding(value)]),
        ...problems(airflowVariables.id, [...path, "description"], [textFinding(description)]),
        ...shadowed(airflowVariables.id, path, `AIRFLOW_VAR_${key.toUpperCase()}`, settings),
      ];
    }),
};

function variableFinding(value: unknown): Finding | undefined {
  if (value === null || value === undefined) {
    return { message: "has no value; give it one, or leave it out" };
  }
  if (typeof value !== "number" || Number.isSafeInteger(value)) return undefined;
  // YAML has changed it already: 1.10 is 1.1.
  return { message: "a number with a fraction is not a text; put it between quotation marks" };
}

/** Airflow looks at the environment before its database. */
function shadowed(
  rule: string,
  path: string[],
  name: string,
  settings: EnvironmentSettings,
): Problem[] {
  const written = writtenVariables(settings).find((variable) => variable.name === name);
  if (written === undefined) return [];
  const message = `is never read where ${written.path.join(".")} is set, which Airflow prefers; keep one of the two`;
  return problems(rule, path, [{ message }], "warning");
}

/** What Airflow can keep as a pool. */
const pools: Rule = {
  id: "O3",
  check: (settings) =>
    Object.entries(settings.pools).flatMap(([name, { slots }]) => [
      ...problems(pools.id, ["pools", name], [checkPoolName(name)]),
      ...problems(pools.id, ["pools", name, "slots"], [checkSlots(slots)]),
    ]),
};

/** References that name no secret. */
const references: Rule = {
  id: "O4",
  check: ({ secretVariables, connections, airflowVariables }) =>
    referencesIn({ secretVariables, connections, airflowVariables })
      .filter(({ reference }) => reference.location === undefined)
      .flatMap(({ path }) =>
        problems(
          references.id,
          [...path, "fromSecretManager"],
          [
            {
              message:
                "is not the name of a secret; allowed: a name, after its folders and before a revision, such as warehouse, data/warehouse or data/warehouse@3",
            },
          ],
        ),
      ),
};

/** What one variable can carry; secrets that are not known yet are only counted in a deployment. */
const declaration: Rule = {
  id: "O5",
  check: (settings) => {
    const sections = ["connections", "airflowVariables", "pools"] as const;
    const length = (key: (typeof sections)[number]) => knownJson(settings[key]).length;
    const longest = sections.reduce((one, other) => (length(other) > length(one) ? other : one));
    const json = knownJson(objectDeclaration(settings));
    return problems(declaration.id, [longest], [checkDeclaration(json)]);
  },
};

function knownJson(value: unknown): string {
  return JSON.stringify(mapNested(value, (inner) => (isUnknown(inner) ? "" : inner)));
}

/** What the settings say about Airflow's connections, variables and pools, and about secrets kept elsewhere. */
export const objectRules: readonly Rule[] = [
  connections,
  airflowVariables,
  pools,
  references,
  declaration,
];
