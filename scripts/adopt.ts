import { Command } from "commander";
import type { ResourceNames } from "../components/names";
import { resourceNames } from "../components/names";
import { step } from "../tools/progress";
import { readAccount } from "./adoption/account";
import { Found, Refused } from "./adoption/found";
import { importList } from "./adoption/importList";
import { Mapping, mapPlaces } from "./adoption/mapping";
import { PlaceName, placeNames, places } from "./adoption/places";
import { describeOutcome, outcomeOf } from "./adoption/report";
import { GivenSecrets } from "./adoption/secretsFile";
import { adoptedSettings, Imported } from "./adoption/settings";
import { readSettings, StackProject } from "./adoption/stackProject";
import { readStateFile } from "./adoption/stateFile";
import { ScalewayApi } from "./scalewayApi";
import { refusal } from "./refusal";

interface Options {
  readonly stack: string;
  readonly state?: string;
  readonly map: Record<string, string>;
  readonly secrets?: string;
  readonly cwd: string;
  readonly apply?: boolean;
  readonly undo?: boolean;
}

/** `adopt`: takes an environment over that Terraform, OpenTofu or a person has made on Scaleway. */
export const adoptCommand = new Command("adopt")
  .description(
    "Takes an Airflow over that Terraform, OpenTofu or people have made on Scaleway: nothing is created anew, and nothing is touched before `pulumi up`.",
  )
  .requiredOption("-s, --stack <name>", "the stack; its name is that of the environment")
  .option("--state <file>", "Terraform's or OpenTofu's state; without, Scaleway's API is asked")
  .option(
    "--map <place=name>",
    `what takes a place, where names do not say: ${placeNames.join(", ")}`,
    collect,
    {},
  )
  .option("--secrets <file>", "NAME=value lines: the secret variables, which nothing can read")
  .option("--cwd <folder>", "the folder with Pulumi.yaml", ".")
  .option("--apply", "do it; without, it is rehearsed in a folder of its own")
  .option("--undo", "forget the stack's state again; what it describes stays")
  .addHelpText("after", "\ndocs/adopt.md has the whole way.")
  .action(adopt);

function collect(written: string, before: Record<string, string>): Record<string, string> {
  const [, place, name] = /^([^=]+)=(.+)$/.exec(written) ?? [];
  if (!place || !name) throw new Refused([refusal`--map ${written} is not of the form place=name`]);
  return { ...before, [place]: name };
}

async function adopt(options: Options): Promise<void> {
  const { stack, cwd, apply, undo } = options;
  if (undo) return forget(options);
  const given = GivenSecrets.read(options.secrets);
  const plan = await planOf(options, given);
  process.stdout.write(describeMapping(plan.mapping));
  const work = (project: StackProject) => takeOver(project, { ...plan, stack, given });
  if (apply) return work(await StackProject.open(cwd, stack));
  await StackProject.rehearse(cwd, stack, work);
  process.stdout.write("This was a rehearsal: nothing was written. Add --apply.\n");
}

interface Plan {
  readonly prefix: string;
  readonly mapping: Mapping;
}

async function planOf({ stack, state, map, cwd }: Options, given: GivenSecrets): Promise<Plan> {
  const settings = readSettings(cwd, stack);
  const prefix = String(settings["airflow:prefix"]);
  const own = settings["airflow:names"] as Partial<ResourceNames> | undefined;
  const names = resourceNames(prefix, stack, own);
  const found = state ? readStateFile(state) : await askApi(map.bucket ?? names.bucket, settings);
  const wishes = { names, map, connection: given.connection, without: usedAsTheyAre(settings) };
  return { prefix, mapping: mapPlaces(found, { ...wishes, project: projectOf(settings) }) };
}

const projectOf = (settings: Record<string, unknown>): string | undefined =>
  process.env.SCW_DEFAULT_PROJECT_ID ?? (settings["scaleway:projectId"] as string | undefined);

async function askApi(bucket: string, settings: Record<string, unknown>): Promise<Found[]> {
  const project = projectOf(settings);
  if (!project) throw new Refused([refusal`Name the project: export SCW_DEFAULT_PROJECT_ID=<id>`]);
  const region = process.env.SCW_DEFAULT_REGION ?? String(settings["scaleway:region"]);
  return step("Asking Scaleway what there is", () =>
    readAccount(new ScalewayApi(process.env), { project, region, bucket }),
  );
}

/** What the settings say exists already, and is not to be taken over. */
function usedAsTheyAre(settings: Record<string, unknown>): PlaceName[] {
  const existing = (settings["airflow:existing"] ?? {}) as Record<string, unknown>;
  const { existingBucket } = (settings["airflow:logs"] ?? {}) as Record<string, unknown>;
  return [
    ...(existing.database ? (["instance"] as const) : []),
    ...(existing.registryEndpoint ? (["registry"] as const) : []),
    ...(existing.privateNetworkId ? (["network"] as const) : []),
    ...(existingBucket ? (["bucket"] as const) : []),
  ];
}

type Adoption = Plan & { readonly stack: string; readonly given: GivenSecrets };

async function takeOver(project: StackProject, adoption: Adoption): Promise<void> {
  const { mapping } = adoption;
  await step("Reading what exists into the state", () => importMissing(project, mapping));
  const imported = await importedValues(project, mapping);
  const { plain, secret, notes } = await adoptedSettings({ ...adoption, imported });
  await step("Writing the settings", async () => {
    for (const [path, value] of secret) await project.writeSecret(path, value);
    project.writeSettings(plain);
  });
  const outcome = outcomeOf(await step("Previewing", () => project.preview()));
  for (const note of notes) process.stdout.write(`Note: ${note}\n`);
  process.stdout.write(describeOutcome(outcome));
  if (outcome.lost.length > 0) throw new Error(LOST);
}

const LOST =
  "Something would be deleted or replaced. Do not deploy: take the state back with --undo --apply, and have what is named above used as it is (docs/adopt.md).";

/** The mark of a stack, which its first `pulumi up` makes before anything else. */
const MADE_BY_UP = "airflow-owner";
const DEPLOYED = refusal`The stack has been deployed already. An environment is taken over by a stack of its own, before its first \`pulumi up\`; --undo --apply makes it forget what it has.`;

/** What an earlier run has brought into the state is left out. */
async function importMissing(project: StackProject, mapping: Mapping): Promise<void> {
  const known = new Set((await project.resources()).map(({ urn }) => urn.split("::").pop()));
  if (known.has(MADE_BY_UP)) throw new Refused([DEPLOYED]);
  const missing = importList(mapping).filter(({ name }) => !known.has(name));
  if (missing.length === 0) return;
  await project.import(missing);
}

async function importedValues(project: StackProject, mapping: Mapping): Promise<Imported> {
  const resources = await project.resources();
  const valuesOf = (name: PlaceName) =>
    resources.find(
      ({ urn, type }) =>
        type === places[name].type && urn.endsWith(`::${places[name].logicalName}`),
    )?.outputs;
  const taken = placeNames.filter((name) => mapping[name] !== undefined);
  return Object.fromEntries(taken.map((name) => [name, valuesOf(name)])) as Imported;
}

function describeMapping(mapping: Mapping): string {
  const lines = placeNames.map((name) => {
    const found = mapping[name];
    const { what } = places[name];
    return found ? `  ${what}: ${found.name}, ${found.id} (${found.address})` : `  ${what}: none`;
  });
  return `Taken over:\n${lines.join("\n")}\n`;
}

async function forget({ stack, cwd, apply }: Options): Promise<void> {
  const project = await StackProject.open(cwd, stack);
  const resources = (await project.resources()).filter(({ id }) => id !== undefined);
  for (const { urn, id } of resources) {
    process.stdout.write(
      `  ${apply ? "forgotten" : "would be forgotten"}: ${urn.split("::").pop()} (${id})\n`,
    );
  }
  if (!apply) return void process.stdout.write("Nothing is done yet: add --apply.\n");
  const file = await project.forget();
  process.stdout.write(
    `The state of ${stack} is empty; everything that it described goes on as it is. What it was is in ${file}: \`pulumi stack import --file\` brings it back. The settings are still in Pulumi.${stack}.yaml.\n`,
  );
}
