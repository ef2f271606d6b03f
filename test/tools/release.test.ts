import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, Server } from "node:http";
import { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as Release from "../../tools/pulumi/release";

jest.mock("../../tools/progress", () => ({
  say: () => {},
  step: (_: string, work: () => unknown) => work(),
}));

let folder: string;
let server: Server;
let host: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "release-"));
  process.env.XDG_CACHE_HOME = join(folder, "cache");
  mkdirSync(join(folder, "pulumi"));
  writeFileSync(join(folder, "pulumi", "pulumi"), "the program");
  const archive = execFileSync("tar", ["-cz", "-C", folder, "pulumi"]);
  server = createServer((request, response) => {
    if (request.url?.includes("v1.2.3-")) return response.end(archive);
    return response.writeHead(403).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

it("unpacks a release that can be downloaded, and gives nothing where it cannot", async () => {
  // Only now: the cache's folder is read from the environment when its module is loaded.
  const { downloadRelease } = jest.requireActual<typeof Release>("../../tools/pulumi/release");
  const bin = await downloadRelease("1.2.3", host);
  expect(readFileSync(join(bin!, "pulumi"), "utf8")).toBe("the program");
  expect(await downloadRelease("9.9.9", host)).toBeUndefined();
  expect(await downloadRelease("1.2.3", "http://127.0.0.1:1")).toBeUndefined();
});
