import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { ScalewayApi } from "../scalewayApi";
import { imageReference } from "./imageRegistry";

/** Who uses an image, by its digest or, where it was deployed by a tag, by `name:tag`. */
export type ImageUses = ReadonlyMap<string, string>;

/** What any stack of the project deploys, and what any container of the region runs, whatever a stack says. */
export async function imageUses(
  project: string,
  api: ScalewayApi,
  region: string,
): Promise<ImageUses> {
  return new Map([...(await deployedImages(project)), ...(await runningImages(api, region))]);
}

/** A stack that takes its images from another one says so too. */
async function deployedImages(workDir: string): Promise<[string, string][]> {
  const workspace = await LocalWorkspace.create({ workDir });
  const found: [string, string][] = [];
  for (const { name } of await workspace.listStacks()) {
    const { images } = await workspace.stackOutputs(name);
    for (const image of Object.values((images?.value ?? {}) as Record<string, string>)) {
      found.push([imageReference(image).digest, `is deployed by the stack ${name}`]);
    }
  }
  return found;
}

async function runningImages(api: ScalewayApi, region: string): Promise<[string, string][]> {
  const path = `/containers/v1/regions/${region}/containers`;
  const containers = await api.list<{ name: string; image: string }>(path, "containers");
  return containers.map(({ name, image }) => [
    /sha256:[0-9a-f]{64}$/.exec(image)?.[0] ?? image.split("/").at(-1)!,
    `is what the container ${name} runs`,
  ]);
}
