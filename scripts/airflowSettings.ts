import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AirflowSettingsList, BySection } from "../components/checks/airflowSettingsList";
import { BaseImages, ensureBaseImages } from "../tools/baseImages";
import { buildKit, dockerClient } from "../tools/docker";
import { say } from "../tools/progress";
import { run } from "../tools/shell";

const root = join(__dirname, "..");
const context = join(root, "airflow");
const script = join(context, "settings", "list.py");
const notesFile = join(context, "settings", "notes.json");

/** Where the list is kept. */
export const keptList = join(root, "components", "checks", "airflowOptions.json");

/** What the script prints. */
type ListInImage = Omit<AirflowSettingsList, "setByImage" | "absent">;

/** What Airflow does not say of itself, by section and option; and the packages that have a section. */
interface Notes {
  readonly advice: BySection<string>;
  readonly renamed: BySection<string>;
  readonly overwritten: BySection<string>;
  readonly packages: Record<string, string>;
}

/** The list of Airflow's settings as the images say it now. */
export async function listAirflowSettings(): Promise<AirflowSettingsList> {
  const base = await ensureBaseImages();
  const scheduler = await buildImage("airflow-scheduler.Dockerfile", base);
  const webserver = await buildImage("airflow-webserver.Dockerfile", base);
  const inBase = await variablesOf(base.airflow);
  const inImages = [...(await variablesOf(scheduler)), ...(await variablesOf(webserver))];
  const own = inImages.filter((name) => name.startsWith("AIRFLOW__") && !inBase.includes(name));
  return complete(await listIn(scheduler), own);
}

async function buildImage(dockerfile: string, base: BaseImages): Promise<string> {
  const what = ["--platform=linux/amd64", `--build-arg=BASE_IMAGE=${base.airflow}`];
  const file = `--file=${join(context, dockerfile)}`;
  const id = await docker("build", "--quiet", ...what, file, context);
  return id.trim();
}

async function variablesOf(image: string): Promise<string[]> {
  const variables = await docker("image", "inspect", "--format={{json .Config.Env}}", image);
  return (JSON.parse(variables) as string[]).map((variable) => variable.split("=", 1)[0]!);
}

async function listIn(image: string): Promise<ListInImage> {
  const options = ["--rm", "--interactive", "--network=none", "--entrypoint=python"];
  const output = await run(await dockerClient(), ["run", ...options, image, "-"], {
    input: readFileSync(script, "utf8"),
  });
  // Airflow may log before it.
  return JSON.parse(output.trim().split("\n").at(-1)!) as ListInImage;
}

async function docker(...args: string[]): Promise<string> {
  return run(await dockerClient(), args, { env: buildKit });
}

/** Adds what Airflow does not say of itself. Some code in Airflow reads sections of providers that may be absent. */
function complete(list: ListInImage, setByImage: string[]): AirflowSettingsList {
  const notes = JSON.parse(readFileSync(notesFile, "utf8")) as Notes;
  annotate(notes.advice, list.removed, (_, advice) => advice);
  annotate(notes.renamed, list.renamed, (facts, note) => ({ ...facts, note }));
  annotate(notes.overwritten, list.sections, (facts, overwritten) => ({ ...facts, overwritten }));
  const absent = Object.entries(notes.packages).filter(([, name]) => !(name in list.providers));
  for (const [section] of absent) delete list.sections[section];
  return {
    ...list,
    setByImage: [...new Set(setByImage)].sort(),
    absent: Object.fromEntries(absent),
  };
}

function annotate<T>(
  notes: BySection<string>,
  facts: BySection<T>,
  apply: (fact: T, note: string) => T,
): void {
  for (const [section, options] of Object.entries(notes)) {
    for (const [option, note] of Object.entries(options)) {
      const fact = facts[section]?.[option];
      if (fact === undefined) {
        throw new Error(`${notesFile}: the note on [${section}] ${option} is out of date.`);
      }
      facts[section]![option] = apply(fact, note);
    }
  }
}

/** The same with the keys of objects in alphabetical order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function keep(list: AirflowSettingsList): Promise<void> {
  // Loaded here, as Jest cannot load it.
  const { format } = await import("prettier");
  const text = await format(JSON.stringify(sorted(list)), { parser: "json", printWidth: 100 });
  writeFileSync(keptList, text);
  say(`Wrote ${keptList}`);
}

if (require.main === module) {
  listAirflowSettings()
    .then(keep)
    .catch((error: Error) => {
      say(error.message);
      process.exitCode = 1;
    });
}
