import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, openSync, readFileSync, watch } from "node:fs";
import { on, once } from "node:events";
import { delimiter, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { cachePath } from "./cache";
import { say, step } from "./progress";
import { run, succeeds } from "./shell";

const packages = ["docker.io", "iptables", "debootstrap", "docker-registry"];
const socketFolder = "/var/run";
const startLimit = 60_000;

/**
 * The first Docker client on PATH that can build with BuildKit. A newer client without the buildx plugin refuses,
 * where an older one, or one with the plugin, further along PATH does not.
 */
export async function dockerClient(): Promise<string> {
  for (const client of executablesOnPath("docker")) {
    if (await succeeds(client, ["build", "--help"], { env: buildKit })) return client;
  }
  throw new Error(
    "No Docker client with BuildKit was found on PATH: install Docker 20.10 or later with its buildx plugin.",
  );
}

/** Added to the environment of `docker build`: clients older than 23 use BuildKit only when told. */
export const buildKit = { DOCKER_BUILDKIT: "1" };

/** Makes sure that a Docker engine answers: installs and starts it on Debian as root, else says what to install. */
export async function ensureDocker(): Promise<void> {
  if (await engineAnswers()) return;
  if (!isDebianRoot()) {
    throw new Error(
      "No Docker engine answers: install Docker 20.10 or later (with buildx), start it, and let this user reach it.",
    );
  }
  if (executablesOnPath("dockerd").length === 0 || !(await hasClient())) {
    await step("Installing Docker from Debian's packages", () => installPackages(packages));
  }
  await step("Starting the Docker engine", startEngine);
}

function executablesOnPath(name: string): string[] {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.map((folder) => join(folder, name)).filter(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function hasClient(): Promise<boolean> {
  return dockerClient().then(
    () => true,
    () => false,
  );
}

async function engineAnswers(): Promise<boolean> {
  return (await hasClient()) && succeeds(await dockerClient(), ["version"]);
}

/** Whether packages of Debian can be installed. */
export function isDebianRoot(): boolean {
  return process.getuid?.() === 0 && existsSync("/etc/debian_version");
}

/** Installs packages of Debian. */
export async function installPackages(packages: string[]): Promise<void> {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update"], { env });
  await run("apt-get", ["install", "--yes", "--no-install-recommends", ...packages], { env });
}

/** Starts `dockerd` so that it outlives this process, and waits until it answers on its socket. */
async function startEngine(): Promise<void> {
  const log = cachePath("dockerd.log");
  const output = openSync(log, "w");
  const daemon = spawn("dockerd", [], { detached: true, stdio: ["ignore", output, output] });
  daemon.unref();
  const end = new AbortController();
  const failed = (reason: string) => {
    const tail = readFileSync(log, "utf8").trimEnd().split("\n").slice(-10).join("\n");
    return new Error(`dockerd ${reason}; the end of ${log}:\n${tail}`);
  };
  try {
    await Promise.race([
      socketAnswers(end.signal),
      once(daemon, "exit", end).then(() => Promise.reject(failed("ended"))),
      delay(startLimit, undefined, end).then(() =>
        Promise.reject(failed(`did not answer within ${startLimit / 1000} s`)),
      ),
    ]);
  } finally {
    end.abort();
  }
  say(`dockerd runs as process ${daemon.pid}, its output is in ${log}`);
}

/** Tries at once and again whenever something appears next to the socket; an early connection waits in the socket. */
async function socketAnswers(signal: AbortSignal): Promise<void> {
  const changes = on(watch(socketFolder, { signal }), "change", { signal });
  while (!(await engineAnswers())) await changes.next();
}
