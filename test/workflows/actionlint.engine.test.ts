import { readdirSync } from "node:fs";
import { join } from "node:path";
import { installGoCommand } from "../../tools/goModule";
import { run } from "../../tools/shell";

const actionlint = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";
const folder = join(__dirname, "../../.github/workflows");
let linter: string;

beforeAll(async () => {
  linter = await installGoCommand(actionlint, "the linter of workflows");
}, 10 * 60_000);

/** There is no shell in the workflows to check; and whether its checkers are installed shall not matter. */
const lint = (args: string[], input?: string) =>
  run(linter, ["-no-color", "-shellcheck=", "-pyflakes=", ...args], { cwd: folder, input });

test("actionlint finds nothing in the workflows", async () => {
  expect(await lint(readdirSync(folder))).toBe("");
});

test("actionlint would find a mistake", async () => {
  await expect(lint(["-"], "on: push\njobs: {a: {runs-on: nowhere}}\n")).rejects.toThrow("nowhere");
});
