import { Emulator } from "../../scripts/emulator";
import { PulumiProject } from "../../scripts/pulumiProject";
import { step } from "../../tools/progress";
import { Toolbox } from "../../tools/setup";
import { Link, longestChain } from "./chain";
import { inTurns, pulumi } from "./programs";
import { Timeline } from "./timeline";

/** What deploying `preprod` on the emulator took, and then deploying it again. */
export interface Lifecycle {
  /** Seconds of the `up` from nothing. */
  readonly seconds: number;
  /** What its length came from, and the seconds after the last resource. */
  readonly chain: readonly Link[];
  readonly afterwards: number;
  /** Seconds of each preview without changes, and of each `up`. */
  readonly previews: readonly number[];
  readonly ups: readonly number[];
  /** The calls that wrote something meanwhile. */
  readonly writes: readonly string[];
}

/** Deploys this program from nothing, then previews and deploys it again and again without changes. */
export async function lifecycle(
  folder: string,
  toolbox: Toolbox,
  runs: number,
): Promise<Lifecycle> {
  const emulator = await Emulator.start(folder, toolbox);
  try {
    const project = new PulumiProject(folder, emulator.env);
    const fresh = await deploy(project, toolbox.images.airflow);
    const before = (await emulator.writes()).length;
    const [previews, ups] = await step("previews and ups without changes", () =>
      inTurns(
        [
          { name: "preview", run: () => pulumi(project, "preview") },
          { name: "up", run: () => pulumi(project, "up", "--yes", "--skip-preview") },
        ],
        runs,
      ),
    );
    const writes = (await emulator.writes()).slice(before);
    return { ...fresh, previews: previews!, ups: ups!, writes };
  } finally {
    await emulator.erase();
  }
}

async function deploy(project: PulumiProject, baseImage: string) {
  const stack = await project.stack("preprod", { "airflow:baseImage": baseImage });
  const timeline = new Timeline();
  await step("up from nothing", () => stack.up({ onEvent: timeline.onEvent }));
  const seconds = timeline.now();
  const chain = longestChain(await timeline.made(stack));
  const { begun, took } = chain.at(-1)!;
  return { seconds, chain, afterwards: seconds - begun - took };
}
