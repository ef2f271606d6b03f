import { createWriteStream } from "node:fs";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { ReadableStream } from "node:stream/web";
import { pipeline } from "node:stream/promises";
import { cachePath, makeOnce } from "../cache";
import { say, step } from "../progress";
import { run } from "../shell";

const downloads = "https://get.pulumi.com/releases/sdk";
const answerLimit = 5_000;

/** Downloads the official release; gives the folder of its programs, or undefined where it cannot be had. */
export async function downloadRelease(
  version: string,
  host = downloads,
): Promise<string | undefined> {
  const folder = cachePath("release", version, "pulumi");
  const machine = arch() === "arm64" ? "arm64" : "x64";
  const url = `${host}/pulumi-v${version}-${platform()}-${machine}.tar.gz`;
  try {
    await makeOnce("release", url, () => download(url, cachePath("release", version, ".")), [
      join(folder, "pulumi"),
    ]);
    return folder;
  } catch (error) {
    say(`Pulumi's releases cannot be downloaded here (${(error as Error).message})`);
    return undefined;
  }
}

async function download(url: string, folder: string): Promise<void> {
  const answer = await fetchWithin(answerLimit, url);
  await step(`Downloading ${url}`, async () => {
    const archive = join(folder, "release.tar.gz");
    await pipeline(Readable.fromWeb(answer.body as ReadableStream), createWriteStream(archive));
    await run("tar", ["-xzf", archive, "-C", folder]);
  });
}

/** The limit is for the beginning of the answer only. */
async function fetchWithin(limit: number, url: string): Promise<Response> {
  const tooLong = new AbortController();
  const timer = setTimeout(() => tooLong.abort(), limit);
  try {
    const answer = await fetch(url, { signal: tooLong.signal });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return answer;
  } catch (error) {
    throw tooLong.signal.aborted
      ? new Error(`no answer within ${limit / 1000} s`)
      : rootCause(error);
  } finally {
    clearTimeout(timer);
  }
}

/** `fetch` says only "fetch failed", and why in the error's cause. */
function rootCause(error: unknown): Error {
  const { cause } = error as Error;
  return cause instanceof Error ? cause : (error as Error);
}
