import { setTimeout as delay } from "node:timers/promises";
import { say } from "../../tools/progress";
import { milliseconds } from "../api/body";
import type { DockerEngine } from "../docker/engine";
import type { Container, Revision } from "../records";
import { passes } from "./probes";

/** Watches ready containers by their liveness probe and restarts those that fail it too often in a row. */
export class Liveness {
  private readonly watches = new Map<string, AbortController>();

  constructor(private readonly engine: DockerEngine) {}

  /** Begins to watch a revision, in place of the container's revision before. */
  watch(container: Container, revision: Revision): void {
    this.forget(container.id);
    const watch = new AbortController();
    this.watches.set(container.id, watch);
    void this.follow(container, revision, watch.signal).catch((error: Error) => {
      if (!watch.signal.aborted) say(`watching ${container.name} ended: ${error.message}`);
    });
  }

  forget(id: string): void {
    this.watches.get(id)?.abort();
    this.watches.delete(id);
  }

  forgetAll(): void {
    for (const id of [...this.watches.keys()]) this.forget(id);
  }

  private async follow(
    { name, liveness_probe }: Container,
    revision: Revision,
    signal: AbortSignal,
  ): Promise<void> {
    let failures = 0;
    for (;;) {
      await delay(milliseconds(liveness_probe.interval), undefined, { signal, ref: false });
      failures = (await passes(revision, liveness_probe)) ? 0 : failures + 1;
      if (failures < liveness_probe.failure_threshold || signal.aborted) continue;
      say(`container ${name} failed its liveness probe ${failures} times: restarting it`);
      await this.engine.restart(revision.docker_name);
      failures = 0;
    }
  }
}
