import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contextDigest, visibleFiles } from "../../tools/providers/docker/contextDigest";

let context: string;
const write = (path: string, content: string) => writeFileSync(join(context, path), content);
const digest = () => contextDigest(context, join(context, "Dockerfile"));

beforeEach(() => {
  context = mkdtempSync(join(tmpdir(), "context-"));
  mkdirSync(join(context, "dags", "venv"), { recursive: true });
  write("Dockerfile", "FROM scratch");
  write(".dockerignore", "**/venv\n*.log\n");
  write("dags/a.py", "a");
});
afterEach(() => rmSync(context, { recursive: true }));

describe("the digest of a build context", () => {
  it.each<[string, () => void]>([
    ["a file's content", () => write("dags/a.py", "b")],
    ["a new file", () => write("dags/b.py", "")],
    ["a file's mode", () => chmodSync(join(context, "dags/a.py"), 0o755)],
    ["the Dockerfile", () => write("Dockerfile", "FROM scratch AS other")],
    ["what is ignored", () => write(".dockerignore", "*.txt")],
    ["a link's target", () => symlinkSync("a.py", join(context, "dags/link"))],
  ])("changes with %s", (_, change) => {
    const before = digest();
    change();
    expect(digest()).not.toBe(before);
  });

  it("stays the same when ignored files change", () => {
    const before = digest();
    write("dags/venv/x", "x");
    write("trace.log", "x");
    expect(digest()).toBe(before);
  });

  it("follows the ignore file that goes with the Dockerfile, and no other", () => {
    write("web.Dockerfile", "FROM scratch");
    write("web.Dockerfile.dockerignore", "dags/a.py");
    const webDigest = () => contextDigest(context, join(context, "web.Dockerfile"));
    const before = webDigest();
    write("dags/a.py", "b");
    expect(webDigest()).toBe(before);
    write("trace.log", "x");
    expect(webDigest()).not.toBe(before);
  });
});

describe("the files that a builder sees", () => {
  it("follow Docker's rules", () => {
    write("keep.txt", "");
    write("DAGS", "");
    const rules = ["# a comment", "/dags", "!dags/a.py", "Dockerfile", "*.txt", "!keep.txt"];
    expect(visibleFiles(context, rules.join("\n"))).toEqual([
      ".dockerignore",
      "DAGS",
      "dags/a.py",
      "keep.txt",
    ]);
  });
});
