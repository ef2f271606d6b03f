import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { version } from "typescript";

const folder = mkdtempSync(join(tmpdir(), "loader-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a program as Pulumi's runner does: after the loader, with `require`. */
function execute(program: string): { stdout: string; stderr: string } {
  writeFileSync(
    join(folder, "part.ts"),
    "export type Part = string;\nexport const part: Part = 'a part';\n",
  );
  writeFileSync(join(folder, "program.ts"), program);
  const loader = join(__dirname, "../../tools/loader.js");
  const run = `require(${JSON.stringify(join(folder, "program"))})`;
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, "cache") };
  return spawnSync("node", ["--require", loader, "--eval", run], { encoding: "utf8", env });
}

test("a program in TypeScript runs, with what it imports and whatever its types", () => {
  const { stdout } = execute(
    `import { part, Part } from "./part";\nconst text: number = part as Part;\nconsole.log(text);\n`,
  );
  expect(stdout).toBe("a part\n");
});

test("an error names the line of the source", () => {
  const { stderr } = execute(
    `interface Gone {\n  here: string;\n}\n\nthrow new Error("at " + (undefined as unknown as Gone));\n`,
  );
  expect(stderr).toContain("program.ts:5:7");
});

test("what Pulumi needs for functions alone is loaded when it is used", () => {
  const names = ["@npmcli/arborist", "typescript"];
  const files = JSON.stringify(names.map((name) => require.resolve(name)));
  const { stdout, stderr } = execute(
    `const found = ${files}.map((file) => require(file));
const count = () => Object.keys(require.cache).length;
const before = count();
console.log(typeof found[0].Arborist, count() > before + 10, found[1].version);\n`,
  );
  expect(stderr).toBe("");
  expect(stdout).toBe(`function true ${version}\n`);
});
