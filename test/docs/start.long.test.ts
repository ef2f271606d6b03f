import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { cacheFolder } from "../../tools/cache";
import { run } from "../../tools/shell";
import { temporaryFolder } from "../temporaryFolder";
import { root } from "./pages";

const MINUTE = 60_000;
const STAYS = "Press Ctrl-C to stop it";
const folder = temporaryFolder();
const clone = join(folder, "clone");
const terminals: ChildProcess[] = [];
const printed: string[] = [];

beforeAll(async () => {
  await run("npm", ["run", "docs"], { cwd: root });
  await run("git", ["clone", "--quiet", root, clone]);
}, 5 * MINUTE);

afterAll(async () => {
  for (const terminal of terminals.filter(({ exitCode }) => exitCode === null)) {
    const ended = once(terminal, "close");
    process.kill(-terminal.pid!, "SIGINT");
    await ended;
  }
}, 2 * MINUTE);

test(
  "what start.html says to type works in a fresh clone, as it is copied from the page",
  async () => {
    for (const commands of commandsOf("start.html")) printed.push(await type(commands));
    const [tried, account, resources, check] = printed;
    expect(tried).toContain("Airflow (preprod) answers at http://");
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
    env: { ...process.env, XDG_CACHE_HOME: ownCache() },
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
function ownCache(): string {
  const cache = join(folder, "cache");
  if (mkdirSync(join(cache, basename(cacheFolder())), { recursive: true }) === undefined)
    return cache;
  for (const entry of readdirSync(cacheFolder()).filter((name) => name !== "try")) {
    symlinkSync(join(cacheFolder(), entry), join(cache, basename(cacheFolder()), entry));
  }
  return cache;
}
