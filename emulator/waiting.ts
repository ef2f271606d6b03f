import { setTimeout as delay } from "node:timers/promises";

interface Patience {
  /** Milliseconds after which to give up. */
  within: number;
  /** Milliseconds between two looks. */
  every?: number;
  signal?: AbortSignal;
}

/** Looks until `condition` holds and says whether it did in time; a condition that throws does not hold. */
export async function until(
  condition: () => Promise<boolean> | boolean,
  { within, every = 100, signal }: Patience,
): Promise<boolean> {
  const end = Date.now() + within;
  for (;;) {
    if (await holds(condition)) return true;
    if (signal?.aborted || Date.now() >= end) return false;
    await delay(every);
  }
}

async function holds(condition: () => Promise<boolean> | boolean): Promise<boolean> {
  try {
    return await condition();
  } catch {
    return false;
  }
}
