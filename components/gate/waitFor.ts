import { setTimeout as delay } from "node:timers/promises";

/** How long to wait, and how often to look, in milliseconds. */
export interface Patience {
  readonly timeout: number;
  readonly interval?: number;
  /** Called with each answer that is not yet the wanted one, when it differs from the one before. */
  readonly onWaiting?: (last: string) => void;
}

/**
 * Looks until `look` gives a value, and gives that. `look` answers a text, or throws, to say what it still waits for;
 * when the time is up, the error holds the last of these.
 */
export async function waitFor<T extends object>(
  what: string,
  look: () => Promise<T | string>,
  { timeout, interval = 1_000, onWaiting }: Patience,
): Promise<T> {
  const deadline = Date.now() + timeout;
  let last: string | undefined;
  for (;;) {
    const answer = await look().catch((error: Error) => error.message);
    if (typeof answer !== "string") return answer;
    if (Date.now() > deadline) {
      throw new Error(`${what} did not come within ${timeout / 1_000} s; last: ${answer}`);
    }
    if (answer !== last) onWaiting?.(answer);
    last = answer;
    await delay(interval);
  }
}
