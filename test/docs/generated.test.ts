import { sections } from "../../docs/.vitepress/pages";
import { generated, read } from "../../scripts/docs/generate";
import { messages, ruleMessages } from "../../scripts/docs/messages";
import { hazard, refusals } from "../../scripts/docs/refusals";
import { describe as describeSetting, settings } from "../../scripts/docs/settings";
import { settingTexts } from "../../scripts/docs/french/settings";
import { advice } from "../../scripts/docs/troubleshooting";
import { troubles } from "../../scripts/docs/troubles";

test("docs/ is what `npm run docs:generate` writes", async () => {
  for (const [file, text] of Object.entries(await generated())) {
    expect([file, read(file)]).toEqual([file, text]);
  }
});

test.each([
  ["en", "as `.describe(…)` in components/checks"],
  ["fr", "in scripts/docs/french/settings.ts"],
] as const)(
  "a setting without a text in %s is named, with where to write one",
  (language, place) => {
    expect(() => describeSetting({ key: "logs.colour", schema: {} }, language)).toThrow(
      `airflow:logs.colour has no text in ${language}: write one ${place}`,
    );
  },
);

test.each(["en", "fr"] as const)("a message without a text in %s is named", (language) => {
  expect(() => advice("The … is on fire.", language)).toThrow(
    `The message "The … is on fire." has no text in ${language}: say in scripts/docs/troubles what to do`,
  );
});

test.each(["en", "fr"] as const)("a hazard that is not on the page in %s is named", (language) => {
  expect(() => hazard("Z1", language)).toThrow("The hazard Z1 has no row in docs/");
});

test("nothing is said of settings and messages that are gone", () => {
  const keys = settings.map(({ key }) => key);
  expect(Object.keys(settingTexts).filter((key) => !keys.includes(key))).toEqual([]);
  const made = Object.values(messages()).flat();
  expect(Object.keys(troubles).filter((message) => !made.includes(message))).toEqual([]);
});

/** Said of resources by the policies, and of a `LogBucket` that is used alone. */
const NOT_OF_SETTINGS = /^(the password must have|… is used by Scaleway|… is neither a number of)/;
const refused = refusals("en");
test.each(ruleMessages().filter((message) => !NOT_OF_SETTINGS.test(message)))(
  "a fixture shows when a rule says: %s",
  (message) => {
    const parts = message.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    expect(refused).toMatch(new RegExp(parts.join("[^]*?")));
  },
);

test("the menu has every page, and nothing else", async () => {
  const written = Object.keys(await generated())
    .filter((file) => /^(?!fr\/).*\.md$/.test(file) && file !== "index.md")
    .map((file) => file.replace(/\.md$/, ""));
  expect(sections.flatMap(({ pages }) => Object.keys(pages)).sort()).toEqual(written.sort());
});
