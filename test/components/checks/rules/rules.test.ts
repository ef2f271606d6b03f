import { Problem } from "../../../../components/checks/problem";
import { rules } from "../../../../components/checks/rules";
import { environmentSchema } from "../../../../components/checks/schema";
import { fixtures } from "./fixtures";

function broken(settings: object, environment = "preprod"): Problem[] {
  const parsed = environmentSchema.parse({ prefix: "lvao", ...settings });
  return rules.flatMap((rule) => rule.check(parsed, environment));
}

test.each(fixtures)("$id: $says", ({ id, bad, path, fix, severity = "error", good, ...of }) => {
  const problem = broken(bad, of.badEnvironment).find((found) => found.rule === id);
  expect(problem).toMatchObject({ path, severity });
  expect(problem!.fix).toBe(fix);
  expect(broken(good, of.environment)).toEqual([]);
});

test("each rule has fixtures, and each fixture a rule", () => {
  const ids = (items: readonly { id: string }[]) => [...new Set(items.map(({ id }) => id))].sort();
  expect(ids(fixtures)).toEqual(ids(rules));
});

test("no secret is in a message", () => {
  const secrets = fixtures.flatMap(({ bad }) =>
    Object.values((bad as { secretVariables?: Record<string, object> }).secretVariables ?? {})
      .flatMap((scope) => Object.values(scope) as unknown[])
      .filter((value) => typeof value === "string" || typeof value === "number")
      .map(String)
      .filter((value) => value !== ""),
  );
  const said = JSON.stringify(fixtures.flatMap(({ bad }) => broken(bad)));
  expect(secrets.length).toBeGreaterThan(4);
  expect(secrets.filter((value) => said.includes(value))).toEqual([]);
  // Those of connections.
  expect(said).not.toMatch(/hush|314159265/);
});

test("an empty Fernet key is said once", () => {
  const empty = { secretVariables: { all: { AIRFLOW__CORE__FERNET_KEY: "" } } };
  expect(broken(empty).map(({ rule }) => rule)).toEqual(["A1"]);
});

test("a variable may be called as something that every object has", () => {
  expect(broken({ variables: { all: { constructor: "x", toString: "y" } } })).toEqual([]);
});

test("two roles that are told different keys are both told so", () => {
  const name = "AIRFLOW__API__SECRET_KEY";
  const secretVariables = { webserver: { [name]: "a" }, scheduler: { [name]: "b" } };
  expect(broken({ secretVariables }).map(({ path }) => path)).toEqual([
    ["secretVariables", "webserver", name],
    ["secretVariables", "scheduler", name],
  ]);
});

test.each([
  [70, 128],
  [140, 256],
  [280, 512],
  [280, 1_120],
  [560, 1_024],
  [1_000, 1_024],
  [1_000, 2_048],
  [1_120, 2_048],
  [1_680, 3_072],
  [2_240, 4_096],
  [4_000, 12_288],
])("%i mvCPU and %i MB, which run at Scaleway, are allowed", (cpu, memory) => {
  expect(broken({ webserver: { cpu, memory } })).toEqual([]);
});
