import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { checkStackConfig } from "../../../components/checks/stackConfig";
import { stackConfig } from "../../../scripts/check";

type Config = Record<string, unknown>;

const RUNS = 2_000;
const MAY_BE_SECRET = [
  "airflow:secretVariables",
  "airflow:connections",
  "airflow:airflowVariables",
];
const valid: Config[] = ["preprod", "prod"].map((stack) => ({
  ...ownKeys(decoded(stackConfig(stack))),
  ...parse(readFileSync(join(__dirname, "../../..", `Pulumi.${stack}.yaml`), "utf8")).config,
  "airflow:variables": { all: { WEBAPP_URL: "https://lvao.example" }, scheduler: { A: "1" } },
  "airflow:secretVariables": {
    scheduler: { DATABASE_URL: "hush-hush", TOKEN: { fromSecretManager: "token@1" } },
  },
  "airflow:connections": {
    warehouse: {
      type: "postgres",
      port: 5432,
      password: "hush-hush",
      extra: { sslmode: "require" },
    },
    lake: { uri: "s3://me:hush-hush@lake" },
  },
  "airflow:airflowVariables": { key: { value: "hush-hush", description: "of the API" }, batch: 10 },
  "airflow:pools": { dbt: { slots: 4, includeDeferred: true } },
}));

function ownKeys(config: Config): Config {
  return Object.fromEntries(Object.entries(config).filter(([key]) => key.startsWith("airflow:")));
}

function decoded(config: Record<string, string>): Config {
  return Object.fromEntries(
    Object.entries(config).map(([key, text]) => [
      key,
      /^[[{]/.test(text) ? JSON.parse(text) : text,
    ]),
  );
}

/** What the engine would hand to the program. */
function asText(config: Config): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      typeof value === "string" ? value : (JSON.stringify(value) ?? "null"),
    ]),
  );
}

/** Every place in a configuration, as the keys that lead to it. */
function places(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, each]) => places(each, [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}

const hostile = fc.constantFrom<unknown>(
  "",
  " ",
  "4 Gigs",
  "-1",
  "0",
  "1e999",
  "NaN",
  "__proto__",
  "constructor",
  "${HOME}",
  "$(reboot)",
  "'; DROP TABLE dag;--",
  "\u0000",
  "é\u202e",
  "x".repeat(100_000),
  -1,
  0,
  1e21,
  2 ** 53,
  null,
  true,
  [],
  {},
  [[["x"]]],
  { toString: "x" },
);
const anyValue = fc.oneof(hostile, fc.string(), fc.jsonValue(), fc.double(), fc.integer());

function misspelt(key: string, seed: number): string {
  const at = 1 + (seed % Math.max(1, key.length - 1));
  return key.slice(0, at) + key.slice(at + 1) + (seed % 3 === 0 ? "x" : "");
}

/** The configuration with one change at a place: nothing there, a misspelt key, another value, one key more, or the same twice. */
function mutate(
  config: Config,
  [place, kind, value, seed]: [number, number, unknown, number],
): Config {
  const all = places(config);
  const path = all[place % all.length]!;
  const copy = structuredClone(config);
  const holder = path.slice(0, -1).reduce<any>((inner, key) => inner[key], copy);
  const key = path.at(-1)!;
  const former = holder[key];
  if (kind === 0) delete holder[key];
  if (kind === 1) {
    delete holder[key];
    holder[misspelt(key, seed)] = former;
  }
  if (kind === 2) holder[key] = value;
  if (kind === 3 && !Array.isArray(holder)) holder[`${key}${seed}`] = value;
  const elsewhere = all[seed % all.length]!.slice(0, -1);
  // A copy of a secret among plain variables would be no secret any more.
  if (kind === 4 && !MAY_BE_SECRET.includes(path[0]!)) {
    elsewhere.reduce<any>((inner, each) => inner[each], copy)[key] = structuredClone(former);
  }
  return copy;
}

const mutation = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 4 }), anyValue, fc.nat({ max: 99 }));

test(`${RUNS} mutated stack files are right, or are answered under the key at fault`, () => {
  let refused = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...valid),
      fc.array(mutation, { minLength: 1, maxLength: 4 }),
      (config, mutations) => {
        const mutated = mutations.reduce(mutate, config);
        const { settings, mistakes } = checkStackConfig(asText(mutated), "preprod");
        expect(settings === undefined).toBe(mistakes !== undefined);
        if (mistakes === undefined) return;
        refused += 1;
        expect(mistakes).toMatch(/^The stack's configuration has \d+ mistakes?:\n {2}airflow:/);
        expect(mistakes).not.toContain("hush-hush");
        expect(mistakes).not.toMatch(/\n\s+at .*:\d+/);
      },
    ),
    { numRuns: RUNS, seed: 20261122, endOnFailure: true },
  );
  expect(refused).toBeGreaterThan(RUNS / 2);
});
