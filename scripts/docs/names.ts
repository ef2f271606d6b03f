import type { Language } from "../../docs/.vitepress/pages";
import { resourceNames } from "../../components/names";
import { describe, settings } from "./settings";
import { table } from "./markdown";

const HEADS = { en: ["what", "preprod", "prod"], fr: ["quoi", "preprod", "prod"] };

/** How each resource of both environments is called. */
export function namesTable(language: Language): string {
  const [preprod, prod] = ["preprod", "prod"].map((stack) => resourceNames("lvao", stack));
  const rows = Object.entries(preprod!).map(([key, name]) => [
    what(key, language),
    `\`${name}\``,
    `\`${prod![key as keyof typeof prod]}\``,
  ]);
  return table(HEADS[language], rows);
}

/** What the settings say of a name, without its default. */
function what(key: string, language: Language): string {
  const setting = settings.find((each) => each.key === `names.${key}`)!;
  return describe(setting, language).replace(/\s?;.*/, "");
}
