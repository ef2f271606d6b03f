import { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { Made } from "./chain";

/** Notes when an update begins and ends to make each resource, as its events come. */
export class Timeline {
  private readonly started = performance.now();
  private readonly begun = new Map<string, number>();
  private readonly ended = new Map<string, number>();

  readonly onEvent = ({ resourcePreEvent, resOutputsEvent }: EngineEvent): void => {
    if (resourcePreEvent) this.begun.set(resourcePreEvent.metadata.urn, this.now());
    if (resOutputsEvent) this.ended.set(resOutputsEvent.metadata.urn, this.now());
  };

  /** Seconds since the update began. */
  now(): number {
    return (performance.now() - this.started) / 1_000;
  }

  /** What was made, with the dependencies that the stack's state records; without components. */
  async made(stack: Stack): Promise<Made[]> {
    const { deployment } = await stack.exportStack();
    const resources = deployment.resources as Recorded[];
    return resources
      .filter(({ custom, urn }) => custom && this.begun.has(urn) && this.ended.has(urn))
      .map(({ urn, dependencies = [] }) => ({
        urn,
        begun: this.begun.get(urn)!,
        ended: this.ended.get(urn)!,
        dependencies,
      }));
  }
}

/** A resource in the state. */
interface Recorded {
  readonly urn: string;
  readonly custom?: boolean;
  readonly dependencies?: string[];
}
