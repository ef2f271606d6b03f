const started = Date.now();

/** Prints one line of progress on standard error, with the seconds since the start. */
export function say(line: string): void {
  const seconds = Math.round((Date.now() - started) / 1000);
  process.stderr.write(`[${String(seconds).padStart(4)}s] ${line}\n`);
}

/** Says what begins, and every 20 seconds that it still goes on, until `work` ends. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  say(`${title} …`);
  const begun = Date.now();
  const elapsed = () => `${Math.round((Date.now() - begun) / 1000)} s`;
  const reminder = setInterval(() => say(`${title}: still going on (${elapsed()})`), 20_000);
  try {
    const result = await work();
    say(`${title}: done (${elapsed()})`);
    return result;
  } finally {
    clearInterval(reminder);
  }
}
