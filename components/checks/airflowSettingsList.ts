import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Facts by section and option, both as Airflow writes them. */
export type BySection<T> = Record<string, Record<string, T>>;

/** What Airflow says of an option that it knows. Text unless there is a type. */
export interface OptionFacts {
  readonly type?: "boolean" | "integer" | "float";
  readonly mayBeEmpty?: boolean;
  readonly choices?: readonly string[];
  readonly sensitive?: boolean;
  readonly deprecated?: { readonly since: string; readonly advice: string };
  /** Values that Airflow has done away with, and why. */
  readonly refused?: Record<string, string>;
  /** Why the containers set it anew when they start. */
  readonly overwritten?: string;
}

/** An option that has another name now. */
export interface RenamedOption {
  readonly to: readonly [section: string, option: string];
  readonly since?: string;
  readonly stillRead?: boolean;
  readonly note?: string;
}

/** The settings of the Airflow and the providers in the images: the content of airflowOptions.json. */
export interface AirflowSettingsList {
  readonly airflow: string;
  readonly providers: Record<string, string>;
  readonly sections: BySection<OptionFacts>;
  readonly renamed: BySection<RenamedOption>;
  /** With what to do instead, where that is known. */
  readonly removed: BySection<string>;
  /** What begins so may end as one likes. */
  readonly openPrefixes: readonly string[];
  /** Variables that the Dockerfiles set. */
  readonly setByImage: readonly string[];
  /** Sections of packages that the images do not have. */
  readonly absent: Record<string, string>;
}

/** What a variable's name stands for. `label` is the option as Airflow writes it. */
export type Setting = { readonly label: string } & (
  | { readonly kind: "known"; readonly facts: OptionFacts }
  | ({ readonly kind: "renamed"; readonly target: string } & RenamedOption)
  | { readonly kind: "removed"; readonly advice: string }
);

/** The list, and what each variable's name in it stands for. */
export interface AirflowSettings {
  readonly list: AirflowSettingsList;
  readonly byName: ReadonlyMap<string, Setting>;
  /** Names by what is left of them when underscores in a row count as one. */
  readonly byFlatName: ReadonlyMap<string, string>;
}

let loaded: AirflowSettings | undefined;

/** The settings of the Airflow in the images, read when first needed. */
export function airflowSettings(): AirflowSettings {
  return (loaded ??= load());
}

/** The variable that sets an option. */
export function variableName(section: string, option: string): string {
  return `AIRFLOW__${section.replaceAll(".", "_")}__${option}`.toUpperCase();
}

/** A variable's name with underscores in a row as one, in capitals. */
export function flatName(name: string): string {
  return name.toUpperCase().replace(/_+/g, "_");
}

function load(): AirflowSettings {
  const file = join(__dirname, "airflowOptions.json");
  const list = JSON.parse(readFileSync(file, "utf8")) as AirflowSettingsList;
  const byName = new Map<string, Setting>();
  each(list.sections, (section, option, facts) => {
    const setting = { kind: "known", label: label(section, option), facts } as const;
    byName.set(variableName(section, option), setting);
    if (facts.sensitive) addSources(byName, section, option, { ...setting, facts: {} });
  });
  each(list.renamed, (section, option, renamed) => {
    const target = variableName(...renamed.to);
    const setting = { kind: "renamed", label: label(section, option), target, ...renamed } as const;
    byName.set(variableName(section, option), setting);
    if (isSensitive(list, renamed.to)) addSources(byName, section, option, setting);
  });
  each(list.removed, (section, option, advice) => {
    const setting = { kind: "removed", label: label(section, option), advice } as const;
    byName.set(variableName(section, option), setting);
  });
  const byFlatName = new Map([...byName.keys()].map((name) => [flatName(name), name]));
  return { list, byName, byFlatName };
}

/** Airflow takes a sensitive option also from a command's output, or from a secrets backend. */
function addSources(
  byName: Map<string, Setting>,
  section: string,
  option: string,
  setting: Setting,
): void {
  for (const suffix of ["_cmd", "_secret"]) {
    const target = setting.kind === "renamed" ? setting.target + suffix.toUpperCase() : undefined;
    byName.set(variableName(section, option + suffix), { ...setting, ...(target && { target }) });
  }
}

function isSensitive(list: AirflowSettingsList, [section, option]: RenamedOption["to"]): boolean {
  return list.sections[section]?.[option]?.sensitive === true;
}

function label(section: string, option: string): string {
  return `[${section}] ${option}`;
}

function each<T>(
  facts: BySection<T>,
  visit: (section: string, option: string, fact: T) => void,
): void {
  for (const [section, options] of Object.entries(facts)) {
    for (const [option, fact] of Object.entries(options)) visit(section, option, fact);
  }
}
