import { Stack } from "@pulumi/pulumi/automation";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EmulatedResources, Emulator } from "../../scripts/emulator";
import { PulumiProject } from "../../scripts/pulumiProject";
import { waitFor } from "../../components/gate/waitFor";
import { setUp, Toolbox } from "../../tools/setup";
import { existingIds, recordedIds } from "./agreement";
import { RunningUpdate } from "./runningUpdate";

const MINUTE = 60_000;

/** The `preprod` environment with an image that starts at once, on an emulator of its own. */
export class Trial {
  private constructor(
    private readonly folder: string,
    private readonly toolbox: Toolbox,
    readonly project: PulumiProject,
    readonly stack: Stack,
    public emulator: Emulator,
    private readonly before: EmulatedResources,
  ) {}

  static async start(): Promise<Trial> {
    const folder = mkdtempSync(join(tmpdir(), "airflow-interruptions-"));
    const toolbox = await setUp();
    Object.assign(process.env, toolbox.engine);
    const emulator = await Emulator.start(folder, toolbox);
    const project = new PulumiProject(folder, emulator.env);
    const stack = await project.stack("preprod", {
      "airflow:context": "test/engine/light",
      "airflow:baseImage": toolbox.images.debian,
    });
    return new Trial(folder, toolbox, project, stack, emulator, await emulator.resources());
  }

  update(): RunningUpdate {
    return RunningUpdate.start(this.project, "preprod");
  }

  /** Waits until something of that kind exists, in steps so short that the state does not know it yet. */
  async appearanceOf(kind: string): Promise<void> {
    await waitFor(
      `one of ${kind}`,
      async () => {
        const names = (await this.emulator.resources())[kind] as string[];
        return names.length > 0 ? names : "none yet";
      },
      { timeout: 4 * MINUTE, interval: 10 },
    );
  }

  /** What exists although the state does not know it. */
  async leftovers(): Promise<string[]> {
    const recorded = await recordedIds(this.stack);
    return (await existingIds(this.emulator)).filter((id) => !recorded.includes(id));
  }

  /** The next `up`, once the lock that a killed one leaves is off; afterwards state and emulator must agree. */
  async goOn(): Promise<void> {
    await this.stack.cancel();
    await this.stack.up();
    expect(await existingIds(this.emulator)).toEqual(await recordedIds(this.stack));
    const { docker, containers, database_instances } = await this.emulator.resources();
    expect(docker.containers).toHaveLength(
      (containers as string[]).length + (database_instances as string[]).length,
    );
  }

  async restartEmulator(): Promise<void> {
    this.emulator = await Emulator.start(this.folder, this.toolbox);
  }

  /** Destroys the stack; nothing may be left over. */
  async destroy(): Promise<void> {
    await this.stack.destroy();
    expect(await this.emulator.resources()).toEqual(this.before);
  }

  async end(): Promise<void> {
    await this.emulator.erase();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
