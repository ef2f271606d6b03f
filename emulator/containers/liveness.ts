import { setTimeout as delay } from "node:timers/promises";
import { say } from "../../tools/progress";
import { milliseconds } from "../api/body";
import type { DockerEngine } from "../docker/engine";
import type { Revision } from "../records";
import { passes } from "./probes";

/** Watches ready containers by their liveness probe and restarts those that fail it too often in a row. */
export class Liveness {
  private readonly watches = new Map<string, AbortController>();

  constructor(private readonly engine: DockerEngine) {}

  /** Begins to watch a revision, in place of the container's revision before. */
  watch(revision: Revision): void {
    this.forget(revision.id);
    const watch = new AbortController();
    this.watches.set(revision.id, watch);
    void this.follow(revision, watch.signal).catch((error: Error) => {
      if (!watch.signal.aborted) say(`watching ${revision.docker_name} ended: ${error.message}`);
    });
  }

  forget(id: string): void {
    this.watches.get(id)?.abort();
    this.watches.delete(id);
  }

  forgetAll(): void {
    for (const id of [...this.watches.keys()]) this.forget(id);
  }

  private async follow(revision: Revision, signal: AbortSignal): Promise<void> {
    const { docker_name, liveness_probe } = revision;
    let failures = 0;
    for (;;) {
      await delay(milliseconds(liveness_probe.interval), undefined, { signal, ref: false });
      failures = (await passes(revision, liveness_probe)) ? 0 : failures + 1;
      if (failures < liveness_probe.failure_threshold || signal.aborted) continue;
      say(`${docker_name} failed its liveness probe ${failures} times: restarting it`);
      await this.engine.restart(docker_name);
      failures = 0;
    }
  }
}
