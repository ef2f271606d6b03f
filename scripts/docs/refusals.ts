import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "../../docs/.vitepress/pages";
import type { Problem } from "../../components/checks/problem";
import { rules } from "../../components/checks/rules";
import { environmentSchema } from "../../components/checks/schema";
import { configKey } from "../../components/checks/stackConfig";
import { fixtures } from "../../test/components/checks/rules/fixtures";
import { inCode } from "./markdown";

/** What each rule says of the settings that its fixtures hold, below the hazard that it keeps away. */
export function refusals(language: Language): string {
  const ids = [...new Set(rules.map(({ id }) => id))];
  return ids.flatMap((id) => [`**${id}** ${hazard(id, language)}`, said(id)]).join("\n\n");
}

function said(id: string): string {
  const lines = fixtures
    .filter((fixture) => fixture.id === id)
    .flatMap(({ bad, badEnvironment = "preprod" }) => problems(bad, badEnvironment))
    .filter(({ rule }) => rule === id)
    .map(({ path, message }) => inCode(`${configKey(path)}: ${message}`));
  return [...new Set(lines)].map((line) => `- ${line}`).join("\n");
}

function problems(written: object, environment: string): Problem[] {
  const settings = environmentSchema.parse({ prefix: "lvao", ...written });
  return rules.flatMap((rule) => rule.check(settings, environment));
}

const pages = { en: "hazards.md", fr: "fr/hazards.md" };

/** What the page of hazards calls a hazard; throws where it has none of that id. */
export function hazard(id: string, language: Language): string {
  const page = readFileSync(join(__dirname, "../../docs", pages[language]), "utf8");
  const [, text] = new RegExp(`^\\| ${id} +\\| (.*?) +\\|`, "m").exec(page) ?? [];
  if (text) return text;
  throw new Error(`The hazard ${id} has no row in docs/${pages[language]}`);
}
