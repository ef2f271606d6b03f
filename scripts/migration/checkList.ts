import { airflowSettings } from "../../components/checks/airflowSettingsList";
import { checkAirflowVariables } from "../../components/checks/airflowSettings";
import {
  checkName,
  checkReserved,
  checkValue,
} from "../../components/checks/rules/limits/variables";
import { derived } from "../adoption/variables";
import type { Values } from "./cleverVariables";

/** What becomes of a variable: a setting of the stack, nothing as it is seen to, or nothing until somebody decides. */
export type Verdict =
  | {
      readonly kind: "setting";
      readonly to: string;
      readonly secret: boolean;
      readonly known: boolean;
    }
  | { readonly kind: "seenTo" | "undecided"; readonly why: string };

/** The verdict on each variable, by its name. */
export type CheckList = Readonly<Record<string, Verdict>>;

/** What is no setting of a stack, whatever its value, and why. */
const SEEN_TO: [RegExp, string][] = [
  [/^POSTGRESQL_ADDON_/, "`migrate database` reads it"],
  [/^CELLAR_ADDON_/, "`migrate logs` reads it"],
  [/^(CC_|INSTANCE_)|^(APP_ID|APP_HOME|COMMIT_ID|PORT)$/, "it is about Clever Cloud's platform"],
  [/^AIRFLOW__CORE__FERNET_KEY/, "`migrate database` reads with it, and encrypts with the new one"],
  [/^AIRFLOW__(CORE|DATABASE)__SQL_ALCHEMY_CONN(_(ASYNC|CMD|SECRET))*$/, "it is derived"],
  [/^AIRFLOW_(HOME|UID|GID)$|^AIRFLOW__CORE__DAGS_FOLDER$/, "the image sets it"],
];
const OBJECT = /^AIRFLOW_(CONN|VAR)_/;

/** Says of each variable what becomes of it. */
export function checkList(variables: Values): CheckList {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, verdict(name, value)]),
  );
}

function verdict(name: string, value: string): Verdict {
  const seenTo = SEEN_TO.find(([pattern]) => pattern.test(name));
  if (seenTo) return { kind: "seenTo", why: seenTo[1] };
  if (value === "") return { kind: "seenTo", why: "it is empty" };
  return /^airflow_/i.test(name) && !OBJECT.test(name)
    ? airflowVerdict(name, value)
    : ownVerdict(name, value);
}

function airflowVerdict(name: string, value: string): Verdict {
  const { byName, list } = airflowSettings();
  const setting = byName.get(name);
  const to = setting?.kind === "renamed" ? setting.target : name;
  if (derived.has(to)) return { kind: "seenTo", why: "it is derived" };
  if (list.setByImage.includes(to)) return { kind: "seenTo", why: "the image sets it" };
  const [problem] = checkAirflowVariables({ [to]: value }, []);
  if (problem?.severity === "error") {
    const fix = problem.fix === undefined ? "" : ` (${problem.fix})`;
    return { kind: "undecided", why: problem.message + fix };
  }
  const known = byName.get(to);
  const secret = known?.kind !== "known" || known.facts.sensitive === true;
  return { kind: "setting", to, secret, known: known !== undefined };
}

/** The application's own: none of our business, so that nobody may read it. */
function ownVerdict(name: string, value: string): Verdict {
  const found = checkReserved(name) ?? checkName(name) ?? checkValue(value, true);
  if (!found) return { kind: "setting", to: name, secret: true, known: OBJECT.test(name) };
  const fix = found.fix === undefined ? "" : ` (${found.fix})`;
  return { kind: "undecided", why: found.message + fix };
}

/** The settings that come of it, as the stack file holds them; secret ones apart. */
export function settingsOf(list: CheckList, variables: Values): { plain: Values; secret: Values } {
  const of = (wanted: boolean) =>
    Object.fromEntries(
      Object.entries(list).flatMap(([name, verdict]) =>
        verdict.kind === "setting" && verdict.secret === wanted
          ? [[verdict.to, variables[name]!]]
          : [],
      ),
    );
  return { plain: of(false), secret: of(true) };
}

/** The list in words. It holds no value. */
export function describeCheckList(list: CheckList): string {
  const lines = (wanted: (verdict: Verdict) => boolean, tell: (name: string) => string) =>
    Object.keys(list)
      .filter((name) => wanted(list[name]!))
      .sort()
      .map((name) => `  ${name}${tell(name)}`);
  const place = (name: string) => {
    const verdict = list[name]!;
    if (verdict.kind !== "setting") return `: ${verdict.why}`;
    return ` -> airflow:${verdict.secret ? "secretVariables" : "variables"}.all.${verdict.to}`;
  };
  const isSetting = (known: boolean) => (verdict: Verdict) =>
    verdict.kind === "setting" && verdict.known === known;
  return [
    ["Become settings:", ...lines(isSetting(true), place)],
    ["Unknown here, so taken for your own and secret:", ...lines(isSetting(false), place)],
    ["Seen to, nothing to do:", ...lines(({ kind }) => kind === "seenTo", place)],
    ["Left out until you decide:", ...lines(({ kind }) => kind === "undecided", place)],
  ]
    .filter((section) => section.length > 1)
    .map((section) => `${section.join("\n")}\n`)
    .join("");
}
