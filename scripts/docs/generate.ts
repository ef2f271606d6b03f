import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Language, languages } from "../../docs/.vitepress/pages";
import { report } from "../check";
import { picture, resourcesOfPreprod } from "./picture";
import { namesTable } from "./names";
import { refusals } from "./refusals";
import { settingsReference } from "./settings";
import { troubleshooting } from "./troubleshooting";

const docs = join(__dirname, "../../docs");

/** What can stand between `<!-- begin name -->` and `<!-- end name -->` in a page. */
const parts: Record<string, (language: Language) => string> = {
  settings: settingsReference,
  names: namesTable,
  refusals,
  troubleshooting,
  "check preprod": () => printed(report("preprod")),
  "check prod": () => printed(report("prod")),
};

const printed = (text: string) => `\`\`\`text\n${text}\`\`\``;

/** Every text of `docs` that is generated, or has parts that are, by file: what it has to be. */
export async function generated(): Promise<Record<string, string>> {
  const pages = globSync("**/*.md", { cwd: docs, exclude: ["api/**"] });
  const resources = await resourcesOfPreprod();
  const pictures = languages.map(
    async (language) => [pictureFile(language), await picture(resources, language)] as const,
  );
  return {
    ...Object.fromEntries(pages.map((page) => [page, withParts(page)])),
    ...Object.fromEntries(await Promise.all(pictures)),
  };
}

/** What is in a file of `docs`. */
export const read = (file: string) => readFileSync(join(docs, file), "utf8");

const pictureFile = (language: Language) => join(language === "en" ? "" : language, "picture.svg");

function withParts(page: string): string {
  const language = languages.find((each) => page.startsWith(`${each}/`)) ?? "en";
  return read(page).replace(
    /(<!-- begin (.+?) -->\n)[^]*?(<!-- end \2 -->)/g,
    (_, begin: string, name: string, end: string) =>
      `${begin}\n${parts[name]!(language)}\n\n${end}`,
  );
}

async function main(): Promise<void> {
  for (const [file, text] of Object.entries(await generated()))
    writeFileSync(join(docs, file), text);
}

if (require.main === module) void main();
