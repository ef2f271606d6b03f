import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parse } from "yaml";
import { Emulator } from "../../../scripts/emulator";
import { PulumiProject } from "../../../scripts/pulumiProject";
import { setUp } from "../../../tools/setup";
import { run } from "../../../tools/shell";
import { killTree } from "../runningUpdate";
import { adopt, adoptCommand } from "./adopt";
import { HandmadePlatform } from "./handmade";

const MINUTE = 60_000;
const KILLS = 10;
const folder = mkdtempSync(join(tmpdir(), "airflow-adopt-"));
let emulator: Emulator;
let sources: string[];
let before: object;

beforeAll(async () => {
  const toolbox = await setUp();
  Object.assign(process.env, toolbox.engine);
  emulator = await Emulator.start(folder, toolbox);
  const platform = await HandmadePlatform.make(emulator, folder, toolbox.images.debian);
  sources = [`--state=${platform.stateFile}`, `--secrets=${platform.secretsFile}`, "--apply"];
  before = await emulator.resources();
}, 30 * MINUTE);

afterAll(async () => {
  await emulator.erase();
  rmSync(folder, { recursive: true, force: true });
}, MINUTE);

function newProject(name: string): PulumiProject {
  const base = join(folder, name);
  mkdirSync(base);
  return new PulumiProject(base, emulator.env);
}

/** Where an adoption has come to: what the state holds, and the settings, whose secrets are never encrypted alike. */
async function endOf(project: PulumiProject) {
  const { env, folder: cwd } = project;
  const state = await run("pulumi", ["stack", "export", "-s=preprod"], { cwd, env });
  const { resources } = JSON.parse(state).deployment;
  const settings = parse(readFileSync(join(cwd, "Pulumi.preprod.yaml"), "utf8"), (key, value) =>
    key === "secure" ? "secret" : value,
  );
  return {
    resources: resources
      .map(({ urn, id, type }: any) => (type.startsWith("pulumi:") ? urn : `${urn} ${id}`))
      .sort(),
    settings: settings.config,
  };
}

test(
  "killed at ten random moments and repeated, it comes to the same end",
  async () => {
    const calm = newProject("calm");
    const started = Date.now();
    const outcome = await adopt(calm, ...sources);
    const duration = Date.now() - started;

    const killed = newProject("killed");
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const moment = Math.random() * duration;
      process.stderr.write(`kill ${kill} after ${Math.round(moment)} of ${duration} ms\n`);
      const child = spawn(process.execPath, adoptCommand(killed, sources), {
        env: { ...process.env, ...killed.env },
        stdio: "ignore",
      });
      const ended = once(child, "exit");
      await delay(moment);
      if (child.exitCode === null) killTree(child.pid!);
      await ended;
      const options = { cwd: killed.folder, env: killed.env };
      // Before the stack exists there is no lock either.
      await run("pulumi", ["cancel", "--yes", "-s=preprod"], options).catch(() => undefined);
    }
    expect(await adopt(killed, ...sources)).toBe(outcome);
    expect(await endOf(killed)).toEqual(await endOf(calm));
    expect(await emulator.resources()).toEqual(before);
  },
  20 * MINUTE,
);
