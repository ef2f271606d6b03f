import { airflowSettings, AirflowSettings, flatName, Setting } from "./airflowSettingsList";
import { mistakeIn } from "./airflowValue";
import { closest, Problem } from "./problem";

/** What is said of a variable; the rest of a `Problem` is the same for all. */
type Finding = Pick<Problem, "severity" | "message" | "fix">;

/** Where a variable stands among all. */
interface Context extends AirflowSettings {
  readonly variables: Record<string, string | undefined>;
}

/**
 * Checks the variables that set an option of Airflow against the settings of the Airflow in the images. All others
 * are the application's own. A value of `undefined` is not known or secret: then only the name is checked.
 */
export function checkAirflowVariables(
  variables: Record<string, string | undefined>,
  path: (string | number)[],
): Problem[] {
  const names = Object.keys(variables).filter((name) => /^airflow_/i.test(name));
  if (names.length === 0) return [];
  const context = { ...airflowSettings(), variables };
  return names.flatMap((name) =>
    findingsOn(name, context).map((finding) => ({ path: [...path, name], rule: "A5", ...finding })),
  );
}

function findingsOn(written: string, context: Context): Finding[] {
  const { byName, byFlatName, list } = context;
  const name = withoutTeam(written);
  const setting = byName.get(name);
  if (setting) return findingsOnSetting(setting, context.variables[written], context);
  if (list.openPrefixes.some((prefix) => name.startsWith(prefix) && name !== prefix)) return [];
  const meant = byFlatName.get(flatName(name));
  if (meant !== undefined) return [misspelt(meant, context)];
  return name.startsWith("AIRFLOW__") ? [unknown(name, context)] : [];
}

/** AIRFLOW__TEAM___SECTION__OPTION sets an option for one team. */
function withoutTeam(name: string): string {
  return name.replace(/^AIRFLOW__.+?___(?=[A-Z].*?__)/, "AIRFLOW__");
}

function findingsOnSetting(
  setting: Setting,
  value: string | undefined,
  context: Context,
): Finding[] {
  if (setting.kind === "removed") return [removed(setting, context)];
  if (setting.kind === "renamed") return [renamed(setting, context)];
  const { label, facts } = setting;
  const findings: Finding[] = [];
  if (facts.deprecated) {
    const { since, advice } = facts.deprecated;
    const message = `${label} is deprecated since Airflow ${since}. ${advice}`;
    findings.push({ severity: "warning", message });
  }
  if (facts.overwritten) {
    const message = `has no effect, as the containers set it when they start: ${facts.overwritten}`;
    findings.push({ severity: "warning", message });
  }
  const mistake = value === undefined ? undefined : mistakeIn(value, label, facts);
  return mistake ? [...findings, { severity: "error", ...mistake }] : findings;
}

function removed({ label, advice }: Setting & { kind: "removed" }, { list }: Context): Finding {
  const message = `is ignored by Airflow ${list.airflow}, which has no ${label} any more; take it out`;
  return { severity: "error", message: advice ? `${message}: ${advice}` : message };
}

function renamed(setting: Setting & { kind: "renamed" }, context: Context): Finding {
  const { label, to, since, stillRead, note, target } = setting;
  const { airflow, setByImage } = context.list;
  const version = since === undefined ? "" : ` since Airflow ${since}`;
  const change = `${label} is [${to[0]}] ${to[1]} now${version && `,${version}`}${note ? ` (${note})` : ""}`;
  const finding = { severity: "error", fix: target } as const;
  if (!stillRead) return { ...finding, message: `is ignored by Airflow ${airflow}: ${change}` };
  if (target in context.variables) {
    return { ...finding, message: `is ignored, as ${target} is set too: ${change}` };
  }
  if (setByImage.includes(target)) {
    return { ...finding, message: `is ignored, as the image sets ${target}: ${change}` };
  }
  return {
    severity: "warning",
    fix: target,
    message: `is an old name, which Airflow ${airflow} still reads: ${change}`,
  };
}

/** The underscores or the letters' case are wrong, and nothing else. */
function misspelt(meant: string, context: Context): Finding {
  const setting = context.byName.get(meant)!;
  const form =
    "is not read by Airflow, whose settings are written AIRFLOW__SECTION__OPTION: in capitals, " +
    "with two underscores before the section and before the option";
  if (setting.kind === "removed") {
    const { message } = removed(setting, context);
    return { severity: "error", message: `${form}. Written so, it ${message}` };
  }
  return { severity: "error", message: form, fix: currentName(meant, setting) };
}

function unknown(name: string, context: Context): Finding {
  const { list } = context;
  const [, section, option] = /^AIRFLOW__(.+?)__(.+)$/.exec(name) ?? [];
  if (section === undefined || option === undefined) {
    const message = "names no option: Airflow's settings are written AIRFLOW__SECTION__OPTION";
    return { severity: "error", message, fix: nearest(name, context) };
  }
  if (Object.hasOwn(list.absent, section.toLowerCase())) {
    const provider = list.absent[section.toLowerCase()];
    const message =
      `is ignored: [${section.toLowerCase()}] belongs to ${provider}, which the images do not have. ` +
      "Take it out, or add the package to them and run `npm run airflow:settings`";
    return { severity: "error", message };
  }
  const known = Object.keys(list.sections).find((key) => envSection(key) === section);
  const message = known
    ? `is ignored: Airflow ${list.airflow} has no option ${option.toLowerCase()} in [${known}]`
    : `is ignored: neither Airflow ${list.airflow} nor a provider in the images has a section ` +
      `[${section.toLowerCase()}]`;
  return { severity: "error", message, fix: nearest(name, context, section, option) };
}

/** The variable that was probably meant: the same option elsewhere, else a similar one in the section, else anywhere. */
function nearest(
  name: string,
  { byName }: Context,
  section?: string,
  option?: string,
): string | undefined {
  const names = [...byName].flatMap(([key, { kind }]) => (kind === "removed" ? [] : [key]));
  const elsewhere = names.filter((known) => known.endsWith(`__${option}`));
  const inSection = names.filter((known) => known.startsWith(`AIRFLOW__${section}__`));
  const found =
    (elsewhere.length === 1 ? elsewhere[0] : undefined) ??
    closestEnd(name, inSection, `AIRFLOW__${section}__`) ??
    closestEnd(name, names, "AIRFLOW__");
  return found && currentName(found, byName.get(found)!);
}

/** The closest name, judged by what follows `prefix`: what is the same in all says nothing. */
function closestEnd(name: string, names: string[], prefix: string): string | undefined {
  const ends = names.map((known) => known.slice(prefix.length));
  const end = closest(name.slice(prefix.length), ends);
  return end && prefix + end;
}

function currentName(name: string, setting: Setting): string {
  return setting.kind === "renamed" ? setting.target : name;
}

function envSection(section: string): string {
  return section.replaceAll(".", "_").toUpperCase();
}
