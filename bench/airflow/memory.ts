import Dockerode from "dockerode";
import { readFileSync } from "node:fs";

/** Anonymous memory of a container at one moment: what its processes have written, without files that are cached. */
export interface Sample {
  /** Since the watch began. */
  readonly seconds: number;
  readonly bytes: number;
}

const EVERY_MS = 100;

/** Watches the memory of a container while something is done. */
export async function watchMemory<T>(
  container: string,
  work: () => Promise<T>,
): Promise<{ result: T; samples: Sample[] }> {
  const file = await statisticsOf(container);
  const samples: Sample[] = [];
  const begun = performance.now();
  const look = () =>
    samples.push({ seconds: (performance.now() - begun) / 1_000, bytes: anonymous(file) });
  const looking = setInterval(look, EVERY_MS);
  try {
    return { result: await work(), samples };
  } finally {
    clearInterval(looking);
  }
}

/** Where the kernel counts the memory of a container. Docker's own statistics are a second apart. */
async function statisticsOf(container: string): Promise<string> {
  const { State } = await new Dockerode().getContainer(container).inspect();
  const groups = readFileSync(`/proc/${State.Pid}/cgroup`, "utf8");
  const [, controller, path] = /^\d+:(memory|):(.*)$/m.exec(groups)!;
  return `/sys/fs/cgroup/${controller}${path}/memory.stat`;
}

/** Pages that processes share after a fork count once; versions 1 and 2 of control groups name the figure differently. */
function anonymous(file: string): number {
  return Number(/^(?:total_rss|anon) (\d+)$/m.exec(readFileSync(file, "utf8"))![1]);
}
