import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { Emulator } from "../../scripts/emulator";
import { PulumiProject } from "../../scripts/pulumiProject";
import { cacheFolder } from "../../tools/cache";
import { setUp } from "../../tools/setup";
import { run } from "../../tools/shell";
import { root } from "./pages";

const MINUTE = 60_000;
const STAYS = "Press Ctrl-C to stop it";
const folder = mkdtempSync(join(tmpdir(), "start-here-"));
const clone = join(folder, "clone");
const cache = join(folder, "cache", basename(cacheFolder()));
const tried = join(cache, "try");
const terminals: ChildProcess[] = [];
const printed: string[] = [];

beforeAll(async () => {
  shareCache();
  await run("npm", ["run", "docs"], { cwd: root });
  await run("git", ["clone", "--quiet", root, clone]);
}, 5 * MINUTE);

afterAll(async () => {
  for (const terminal of terminals.filter(({ exitCode }) => exitCode === null)) {
    const ended = once(terminal, "close");
    process.kill(-terminal.pid!, "SIGINT");
    await ended;
  }
  await leaveNothing();
}, 5 * MINUTE);

/** What the emulator has in Docker goes with the resources in it. */
async function leaveNothing(): Promise<void> {
  const toolbox = await setUp();
  Object.assign(process.env, toolbox.engine);
  const emulator = await Emulator.start(tried, toolbox);
  const stack = await new PulumiProject(tried, emulator.env).stack("preprod");
  await stack.destroy();
  await emulator.stop();
  rmSync(folder, { recursive: true });
}

test(
  "what start.html says to type works in a fresh clone, as it is copied from the page",
  async () => {
    for (const commands of commandsOf("start.html")) printed.push(await type(commands));
    const [running, account, resources, check] = printed;
    expect(running).toContain("Airflow (preprod) answers at http://");
    expect(account).toMatch(/^admin\n.{20,}\n$/);
    expect(resources).toContain("scaleway:containers/container:Container");
    expect(check).toContain("preprod: the configuration is right.");
  },
  30 * MINUTE,
);

test("Airflow answers where it was said to", async () => {
  const [, url] = /answers at (\S+)/.exec(printed[0]!)!;
  expect((await fetch(`${url}/api/v2/version`)).status).toBe(200);
});

/** The texts that the page's buttons copy. */
function commandsOf(page: string): string[] {
  const html = readFileSync(join(root, "docs/.vitepress/dist", page), "utf8");
  const blocks = html.matchAll(/class="language-sh[^]*?<code[^>]*>([^]*?)<\/code>/g);
  return [...blocks].map(([, code]) => plain(code!));
}

const ENTITIES: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" };
const plain = (html: string) =>
  html.replace(/<[^>]+>/g, "").replace(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity);

/** Types commands in a terminal of their own, and gives what they print until they end, or say that they stay. */
function type(commands: string): Promise<string> {
  const terminal = spawn("bash", ["-e", "-c", commands], {
    cwd: clone,
    env: { ...process.env, XDG_CACHE_HOME: dirname(cache) },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  terminals.push(terminal);
  let [stdout, stderr] = ["", ""];
  return new Promise((resolve, reject) => {
    terminal.stdout.on("data", (data) => (stdout += data));
    terminal.stderr.on("data", (data) => {
      stderr += data;
      if (stderr.includes(STAYS)) resolve(stdout);
    });
    terminal.on("close", (status) =>
      status === 0 ? resolve(stdout) : reject(new Error(`${commands}\n${stderr}`)),
    );
  });
}

/** What was built once serves here too; what `npm run try` keeps does not. */
function shareCache(): void {
  mkdirSync(cache, { recursive: true });
  for (const entry of readdirSync(cacheFolder()).filter((name) => name !== "try")) {
    symlinkSync(join(cacheFolder(), entry), join(cache, entry));
  }
}
