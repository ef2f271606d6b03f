import { say } from "../tools/progress";

/** How long a read waits for the work on its resource before it answers a transient state. */
const patience = 120_000;

/**
 * The work under way, by resource id. Reads wait for it, so that a client sees the terminal state at its
 * first look instead of polling; `answerAtOnce` switches that off.
 */
export class Operations {
  answerAtOnce = false;
  private readonly running = new Map<string, Promise<void>>();

  /** Starts work on a resource, after what is already under way for it. */
  start(id: string, work: () => Promise<void>): void {
    const before = this.running.get(id) ?? Promise.resolve();
    const operation = before.then(work).catch((error: unknown) => {
      say(`operation on ${id} failed: ${error instanceof Error ? error.message : String(error)}`);
    });
    this.running.set(id, operation);
    void operation.then(() => {
      if (this.running.get(id) === operation) this.running.delete(id);
    });
  }

  /** Waits, within limits, for the work on a resource unless reads are to answer at once. */
  async settled(id: string): Promise<void> {
    if (!this.answerAtOnce) await this.finished(id);
  }

  /** Waits, within limits, for the work on a resource. */
  async finished(id: string): Promise<void> {
    const operation = this.running.get(id);
    if (operation) await withinLimit(operation, patience);
  }

  /** Waits, within limits, for all work. */
  async allFinished(limit: number): Promise<void> {
    await withinLimit(Promise.all(this.running.values()), limit);
  }
}

async function withinLimit(work: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
