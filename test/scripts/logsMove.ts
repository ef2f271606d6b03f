import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Bucket } from "../../scripts/moving/bucket";
import { waitFor } from "../../components/gate/waitFor";
import { S3Server } from "./s3Server";

const script = resolve(__dirname, "..", "..", "scripts", "moveLogs.ts");

/** How a run of the command ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The most memory that it held, in MiB. */
  readonly peak: number;
}

/** A run of `npm run logs:move` between two servers, as a process of its own. */
export class LogsMove {
  private readonly child;
  private readonly output = { stdout: "", stderr: "" };
  private peak = 0;
  readonly ended: Promise<Ended>;

  constructor(
    from: S3Server,
    private readonly to: S3Server,
    ...options: string[]
  ) {
    this.child = spawn(
      process.execPath,
      ["--import", "tsx", script, ...addresses(from, to), ...options],
      {
        env: { ...process.env, AWS_REGION: "us-east-1", ...keys("FROM", from), ...keys("TO", to) },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    this.child.stdout.on("data", (data) => (this.output.stdout += data));
    this.child.stderr.on("data", (data) => (this.output.stderr += data));
    this.ended = this.watch();
  }

  /** Kills it as soon as the target holds that many objects, and gives how many it then holds. */
  async killAt(objects: number): Promise<number> {
    await waitFor(
      `${objects} objects`,
      async () => {
        const there = await countObjects(this.to);
        return there >= objects ? { there } : `${there} are there`;
      },
      { timeout: 120_000, interval: 20 },
    );
    this.child.kill("SIGKILL");
    await this.ended;
    return countObjects(this.to);
  }

  private async watch(): Promise<Ended> {
    const timer = setInterval(() => this.measure(), 50);
    const [status] = await once(this.child, "close");
    clearInterval(timer);
    return { status, ...this.output, peak: this.peak };
  }

  private measure(): void {
    try {
      const text = readFileSync(`/proc/${this.child.pid}/status`, "utf8");
      this.peak = Math.round(Number(/VmHWM:\s+(\d+)/.exec(text)?.[1] ?? 0) / 1024) || this.peak;
    } catch {
      // It has ended.
    }
  }
}

function addresses(from: S3Server, to: S3Server): string[] {
  return [
    ...["--from", from.bucket, "--from-endpoint", from.endpoint],
    ...["--to", to.bucket, "--to-endpoint", to.endpoint],
  ];
}

function keys(side: string, { credentials }: S3Server): NodeJS.ProcessEnv {
  return {
    [`${side}_AWS_ACCESS_KEY_ID`]: credentials.accessKey,
    [`${side}_AWS_SECRET_ACCESS_KEY`]: credentials.secretKey,
  };
}

/** How many objects the server's bucket holds. */
export async function countObjects({ s3, bucket }: S3Server): Promise<number> {
  let count = 0;
  for await (const object of new Bucket(s3, bucket).list()) if (object) count += 1;
  return count;
}
