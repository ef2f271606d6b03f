import { readFileSync } from "node:fs";
import { join } from "node:path";
import { settings } from "../../scripts/docs/settings";
import { fencesOf, pages, root } from "./pages";

const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

const fences = pages.flatMap(fencesOf).filter(({ language }) => language === "sh");

const linesOf = (code: string) =>
  code
    .replace(/\\\n\s*/g, "")
    .split("\n")
    .map((line) => line.replace(/(^|\s+)#\s.*$/, "").trim())
    .filter((line) => line !== "");

/** What a test runs, or whoever runs `npm test`. */
const RUN_BY_TESTS = [
  /^npm (test|ci)$/,
  /^npm run( --silent)? (try|pulumi|check|emulator|setup|docs|bench|test|schema|compose)(:\w+)*\b/,
  /^npx jest --selectProjects /,
  /^docker compose /,
  /^cp (\.env\.template|airflow)/,
  /^\. \.\/scaleway\.env$/,
  /^npm install pulumi-scaleway-airflow /,
];

test.each(fences.filter(({ mark }) => mark !== "account"))(
  "$file: what needs an account of Scaleway's is marked with `account`: $code",
  ({ code }) => {
    const unknown = linesOf(code).filter((line) => !RUN_BY_TESTS.some((known) => known.test(line)));
    expect(unknown).toEqual([]);
  },
);

test("`account` is the only mark of commands", () => {
  expect(fences.filter(({ mark }) => mark !== undefined && mark !== "account")).toEqual([]);
});

const namedScripts = pages.flatMap(({ file, text }) =>
  [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, script]) => [file, script!]),
);

test.each(namedScripts)("%s: npm run %s is a command of package.json", (_file, script) => {
  expect(Object.keys(scripts)).toContain(script);
});

/** Below a setting that holds anything, everything has a name of the user's. */
const keys = settings.map(({ key, schema }) => {
  const holdsAnything = (!schema.type && !schema.anyOf) || schema.additionalProperties;
  const named = key.replaceAll(".", "\\.").replaceAll("<name>", "[\\w<>]+");
  return new RegExp(`^${named}${holdsAnything ? "(\\.[\\w<>]+)*" : ""}$`);
});
const namedSettings = pages.flatMap(({ file, text }) =>
  [...text.matchAll(/(?<!run |[\w/])airflow:([a-zA-Z]+(?:\.[\w<>]+)*)/g)].map(([, key]) => [
    file,
    key!,
  ]),
);

test.each(namedSettings)("%s: airflow:%s is a setting", (_file, key) => {
  expect(keys.filter((known) => known.test(key!))).not.toEqual([]);
});
