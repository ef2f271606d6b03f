import * as pulumi from "@pulumi/pulumi";
import { EnvironmentImages, ImagesArgs } from "./components";
import { EnvironmentSettings } from "./components/checks/schema";
import { UpdateFailed } from "./components/pulumi/updateFailed";

/** What a stack says that it runs: its outputs. */
export interface Deployed {
  readonly images?: EnvironmentImages;
  /** The commit that was deployed; empty if that was done by hand. */
  readonly commit?: string;
}

/**
 * The images to deploy instead of building them: those that are named, then those that another stack runs.
 * @param commit The commit that is deployed; by hand, there is none.
 */
export function imagesToDeploy(
  { fromStack, ...named }: EnvironmentSettings["images"],
  commit: string | undefined,
): ImagesArgs {
  if (fromStack === undefined || (named.webserver && named.scheduler)) return named;
  const stack = new pulumi.StackReference(fromStack);
  const tested = pulumi
    .output({ images: stack.getOutput("images"), commit: stack.getOutput("commit") })
    .apply((deployed) => testedImages(fromStack, deployed, commit));
  return {
    webserver: named.webserver ?? tested.webserver,
    scheduler: named.scheduler ?? tested.scheduler,
  };
}

/** The images that a stack runs; throws if it runs none, or those of another commit. */
export function testedImages(
  stack: string,
  deployed: Deployed,
  commit: string | undefined,
): EnvironmentImages {
  if (deployed.images === undefined) {
    throw new UpdateFailed(
      `airflow:images.fromStack: the stack ${stack} has no output "images", so nothing runs there yet; ` +
        `deploy it first, or leave the setting out to have the images built`,
    );
  }
  if (commit !== undefined && deployed.commit !== commit) {
    const what = deployed.commit ? `commit ${deployed.commit}` : "what was deployed by hand";
    throw new UpdateFailed(
      `airflow:images.fromStack: this is commit ${commit}, but the stack ${stack} runs ${what}; ` +
        `deploy this commit there first, or the one that runs there here`,
    );
  }
  return deployed.images;
}
