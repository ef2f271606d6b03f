import { say } from "../../tools/progress";
import type { DockerEngine } from "../docker/engine";
import type { Networks } from "../docker/networks";

/**
 * Scaleway documents no signal and no time for what it stops; this is what Kubernetes does by default, whose
 * documentation Scaleway points to for commands and arguments ("Pod Lifecycle", "Termination of Pods").
 */
const DEFAULT_GRACE_SECONDS = 30;

/** Ends the revisions that were replaced: SIGTERM, and SIGKILL when the grace period is over. Nobody waits for that. */
export class Retirements {
  /** From SIGTERM to SIGKILL. */
  graceSeconds = DEFAULT_GRACE_SECONDS;
  private readonly retiring = new Map<string, Map<string, Promise<void>>>();

  constructor(
    private readonly engine: Pick<DockerEngine, "stop" | "removeContainer">,
    private readonly networks: Pick<Networks, "releaseAddresses">,
  ) {}

  /** Begins to end a container's former revision. */
  begin(id: string, revision: string): void {
    const all = this.retiring.get(id) ?? new Map<string, Promise<void>>();
    this.retiring.set(id, all);
    const ended = this.engine
      .stop(revision, this.graceSeconds)
      .catch((error: Error) => say(`stopping ${revision} failed: ${error.message}`))
      .then(() => this.discard(revision))
      .then(() => void all.delete(revision));
    all.set(revision, ended);
  }

  /** Ends a container's former revisions at once, as the container itself goes. */
  async finish(id: string): Promise<void> {
    const all = this.retiring.get(id) ?? new Map<string, Promise<void>>();
    for (const [revision, ended] of all) {
      await this.engine.stop(revision, 0);
      await ended;
    }
    this.retiring.delete(id);
  }

  /** Waits until every former revision has ended. */
  async ended(): Promise<void> {
    await Promise.all([...this.retiring.values()].flatMap((all) => [...all.values()]));
  }

  /** Removes a revision, whether it runs or not. */
  async discard(revision: string): Promise<void> {
    await this.engine.removeContainer(revision);
    this.networks.releaseAddresses(revision);
  }
}
