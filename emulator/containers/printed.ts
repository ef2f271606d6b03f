import type { DockerEngine, PrintedLine } from "../docker/engine";
import type { Model } from "../model";

/** A line that an instance of a container printed. */
export interface InstanceLine extends PrintedLine {
  instance: string;
}

const kept = 1_000;

/** What containers printed: those that serve, and the last one of each that failed, which Docker has forgotten. */
export class Printed {
  private readonly failed = new Map<string, InstanceLine[]>();

  constructor(
    private readonly model: Pick<Model, "revisions">,
    private readonly engine: DockerEngine,
  ) {}

  /** Keeps what a container's failed instance printed. */
  async keep(id: string, instance: string): Promise<void> {
    this.failed.set(id, await this.linesOf(instance));
  }

  /** The lines of a container, oldest first. */
  async of(id: string): Promise<InstanceLine[]> {
    const serving = this.model.revisions.find(id);
    const lines = serving ? await this.linesOf(serving.docker_name) : [];
    const all = [...lines, ...(this.failed.get(id) ?? [])];
    return all.sort((a, b) => (a.time < b.time ? -1 : 1));
  }

  private async linesOf(instance: string): Promise<InstanceLine[]> {
    const lines = await this.engine.lastLines(instance, kept);
    return lines.map((line) => ({ ...line, instance }));
  }
}
