import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { Command, InvalidArgumentError } from "commander";
import { resolve } from "node:path";
import { RequestFailed } from "../../components/scaleway/request";
import { ensureEngine } from "../../tools/engine";
import { ScalewayApi } from "../scalewayApi";
import { imageUses } from "./imageUses";
import { runCommand } from "./runCommand";
import { RegistryTag, Verdict, verdicts } from "./tagVerdicts";

/** What the clean-up is told on the command line. */
export interface Orders {
  readonly stack: string;
  /** How many versions of each image and stack stay besides those in use. */
  readonly keep: number;
  /** Whether to delete, or only to say what would be. */
  readonly delete: boolean;
}

/** A version of an image, and what becomes of it. */
export interface ImageVerdict extends Verdict {
  readonly image: string;
}

/** Reads `--stack preprod --keep 5 --delete`; refuses everything else. */
export function readOrders(
  args: string[],
  command = new Command("npm run registry:clean --"),
): Orders {
  command
    .description("Says which images in a stack's registry nothing needs, and why the others stay.")
    .requiredOption("-s, --stack <name>", "the stack whose registry is looked at")
    .option("--keep <number>", "versions of each stack that stay besides those in use", count, 5)
    .option("--delete", "delete what nothing needs", false);
  return command.parse(args, { from: "user" }).opts<Orders>();
}

function count(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It takes a number from 1 on.");
}

/** Deletes the versions that nothing needs from a stack's registry, or says which it would. */
export async function cleanRegistry(project: string, orders: Orders): Promise<ImageVerdict[]> {
  const api = new ScalewayApi(process.env);
  const { region, namespace_id } = await registryOf(project, orders.stack);
  const uses = await imageUses(project, api, region);
  const registry = `/registry/v1/regions/${region}`;
  const images = await api.list<{ id: string; name: string }>(`${registry}/images`, "images", {
    namespace_id,
  });
  const found: ImageVerdict[] = [];
  for (const { id, name } of images) {
    const tags = await api.list<RegistryTag>(`${registry}/images/${id}/tags`, "tags");
    const useOf = (tag: RegistryTag) => uses.get(tag.digest) ?? uses.get(`${name}:${tag.name}`);
    const decided = verdicts(tags, useOf, orders.keep);
    found.push(...decided.map((verdict) => ({ image: name, ...verdict })));
  }
  const unneeded = found.filter(({ kept }) => kept === undefined);
  if (orders.delete) for (const { tags } of unneeded) await deleteTag(api, registry, tags[0]!.id);
  return found;
}

/** The stack's registry namespace, as its state knows it. */
async function registryOf(workDir: string, stackName: string) {
  const stack = await LocalWorkspace.selectStack({ stackName, workDir });
  const { deployment } = await stack.exportStack();
  const resources = (deployment.resources ?? []) as { type: string; id: string }[];
  const found = resources.find(({ type }) => type === "scaleway:registry/namespace:Namespace");
  if (!found) throw new Error(`The stack ${stackName} has no registry; deploy it first.`);
  const [region, namespace_id] = found.id.split("/") as [string, string];
  return { region, namespace_id };
}

/** With `force`, every tag of the same digest goes, and all of these are to go. */
async function deleteTag(api: ScalewayApi, registry: string, id: string): Promise<void> {
  await api.call("DELETE", `${registry}/tags/${id}?force=true`).catch((error: Error) => {
    if (!(error instanceof RequestFailed) || error.status !== 404) throw error;
  });
}

/** One line for each version: what becomes of it, and why. */
export function describeVerdicts(found: readonly ImageVerdict[], deleted: boolean): string {
  const gone = deleted ? "deleted" : "to be deleted with --delete";
  const lines = found.map(({ image, digest, tags, kept }) => {
    const names = tags.map(({ name }) => name).join(", ");
    return `${image} ${digest.slice(0, 19)} (${names}): ${kept ? `stays, as it ${kept}` : gone}\n`;
  });
  return lines.join("") || "There is no image.\n";
}

async function main(): Promise<void> {
  const orders = readOrders(process.argv.slice(2));
  Object.assign(process.env, await ensureEngine());
  const found = await cleanRegistry(resolve(__dirname, "../.."), orders);
  process.stdout.write(describeVerdicts(found, orders.delete));
}

if (require.main === module) runCommand(main);
