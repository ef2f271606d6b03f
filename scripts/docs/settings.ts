import { z } from "zod";
import type { Language } from "../../docs/.vitepress/pages";
import { environmentSchema } from "../../components/checks/schema";
import { settingTexts, valueTexts } from "./french/settings";
import { inCode, item } from "./markdown";

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** A setting: its key below `airflow:`, and what the schema says of it. */
export interface Setting {
  readonly key: string;
  readonly schema: JsonSchema;
}

/** The settings that stand directly under `airflow:`. */
const roots = childrenOf({
  key: "",
  schema: z.toJSONSchema(environmentSchema, { io: "input", unrepresentable: "any" }),
});

/** Every setting, those that hold others among them. */
export const settings: readonly Setting[] = roots.flatMap(withDescendants);

/** What the reference says of every setting, group by group. */
export function settingsReference(language: Language): string {
  const [groups, single] = [roots.filter(isGroup), roots.filter((root) => !isGroup(root))];
  return [
    list(single, language),
    ...groups.flatMap((group) => [
      `## \`airflow:${group.key}\``,
      `${describe(group, language)}.`,
      list(withDescendants(group).slice(1), language),
    ]),
  ].join("\n\n");
}

const list = (found: Setting[], language: Language) =>
  found.map((setting) => item(facts(setting, language), describe(setting, language))).join("\n");

const DEFAULT = { en: "default", fr: "défaut" };

/** Its key, what may be written, and its default. */
function facts(setting: Setting, language: Language): string {
  const byDefault = defaultOf(setting);
  return [
    `**${inCode(setting.key)}**`,
    ...(isGroup(setting) ? [] : [valueOf(setting, language)]),
    ...(byDefault ? [`${DEFAULT[language]} ${inCode(byDefault)}`] : []),
  ].join(" · ");
}

function withDescendants(setting: Setting): Setting[] {
  return [setting, ...childrenOf(setting).flatMap(withDescendants)];
}

function childrenOf({ key, schema }: Setting): Setting[] {
  const { properties = {}, additionalProperties: any } = schema;
  const anyName = typeof any === "object" && any.properties ? { "<name>": any } : {};
  return Object.entries({ ...properties, ...anyName }).map(([name, child]) => ({
    key: key === "" ? name : `${key}.${name}`,
    schema: child as JsonSchema,
  }));
}

const isGroup = (setting: Setting) => childrenOf(setting).length > 0;

const defaults: unknown = environmentSchema.parse({ prefix: "lvao" });

function defaultOf({ key }: Setting): string {
  const found = key.split(".").reduce<unknown>((value, name) => Object(value)[name], defaults);
  return found === undefined || key === "prefix" || typeof found === "object" ? "" : String(found);
}

/** What may be written, in the words with which anything else is refused. */
function valueOf({ key, schema }: Setting, language: Language): string {
  const english = schema.enum
    ? schema.enum.map((value) => `\`${String(value)}\``).join(" or ")
    : (BY_TYPE[String(schema.type)] ?? refusal(key) ?? "text");
  if (language === "en") return english;
  return valueTexts[english] ?? missing(`The value "${english}" of airflow:${key}`, language);
}

const BY_TYPE: Record<string, string | undefined> = {
  boolean: "`true` or `false`",
  array: "list",
  object: "values by name",
};

function refusal(key: string): string | undefined {
  const path = key.split(".");
  const written = path.reduceRight<unknown>((value, name) => ({ [name]: value }), Symbol());
  const { error } = environmentSchema.safeParse(written);
  const message = error?.issues.find((issue) => issue.path.join(".") === key)?.message;
  return message
    ?.replace(/^.*allowed: /, "")
    .replace(/^is (not|neither) (an? )?/, "")
    .replace(" nor ", " or ");
}

/** What a setting is, in a language; throws where nobody has said it. */
export function describe({ key, schema }: Setting, language: Language): string {
  const text = language === "en" ? schema.description : settingTexts[key];
  return text ?? missing(`airflow:${key}`, language);
}

function missing(what: string, language: Language): never {
  const place = {
    en: "as `.describe(…)` in components/checks",
    fr: "in scripts/docs/french/settings.ts",
  };
  throw new Error(`${what} has no text in ${language}: write one ${place[language]}`);
}
