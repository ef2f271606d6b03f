/** Asks an address every second, to see whether it answers all the time. */
export class Prober {
  sent = 0;
  readonly failures: string[] = [];
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly url: string) {
    this.timer = setInterval(() => void this.probe(), 1_000);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async probe(): Promise<void> {
    this.sent += 1;
    try {
      const response = await fetch(this.url, { signal: AbortSignal.timeout(10_000) });
      await response.text();
      if (!response.ok) this.failures.push(`${response.status}`);
    } catch (error) {
      this.failures.push((error as Error).message);
    }
  }
}
