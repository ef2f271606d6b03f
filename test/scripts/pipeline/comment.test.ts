import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, Server } from "node:http";
import { AddressInfo } from "node:net";
import { join } from "node:path";
import { comment } from "../../../scripts/pipeline/comment";
import { Comment, GitHub } from "../../../scripts/pipeline/github";
import { closedOnGitHub } from "../../../scripts/pipeline/reap";
import { temporaryFolder } from "../../temporaryFolder";

const bot = { login: "github-actions[bot]", type: "Bot" };
const event = {
  workflow_run: {
    head_sha: "abc",
    head_branch: "feature",
    head_repository: { owner: { login: "somebody" } },
  },
};
const unchanged = { stack: "preprod", comparedWithDeployed: true, changes: [] };

let server: Server;
let github: GitHub;
let env: NodeJS.ProcessEnv;
let comments: Comment[];
let written: { request: string; body: string }[];

/** As much of GitHub as is asked: pull request 7 is open with commit abc, 8 with another one, 6 is closed. */
function answer(request: string): unknown {
  const pulls = [
    { number: 7, state: "open", head: { sha: "abc" } },
    { number: 8, state: "open", head: { sha: "def" } },
    { number: 6, state: "closed", head: { sha: "old" } },
  ];
  const [, one] = /^GET \/repos\/o\/r\/pulls\/(\d+)$/.exec(request) ?? [];
  if (one) return pulls.find(({ number }) => number === Number(one));
  if (request === "GET /repos/o/r/pulls?state=open&head=somebody%3Afeature")
    return pulls.slice(0, 2);
  const [, page] =
    /^GET \/repos\/o\/r\/issues\/7\/comments\?per_page=100&page=(\d)$/.exec(request) ?? [];
  if (page) return comments.slice(100 * (Number(page) - 1), 100 * Number(page));
  return /^(POST|PATCH) /.test(request) ? {} : undefined;
}

beforeEach(async () => {
  comments = [];
  written = [];
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      const line = `${request.method} ${request.url}`;
      const found = request.headers.authorization === "Bearer token" && answer(line);
      if (body) written.push({ request: line, body: JSON.parse(body).body });
      response.writeHead(found ? 200 : 404).end(JSON.stringify(found || {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  env = { GITHUB_API_URL: url, GITHUB_REPOSITORY: "o/r", GITHUB_TOKEN: "token" };
  github = new GitHub(env);
});

afterEach(() => server.close());

function previews(preprod: unknown, prod: unknown = unchanged): string {
  const folder = join(temporaryFolder(), "previews");
  mkdirSync(folder);
  writeFileSync(join(folder, "preprod.json"), JSON.stringify(preprod));
  writeFileSync(join(folder, "prod.json"), JSON.stringify(prod));
  return folder;
}

test("the pull request of the commit gets one comment, with both stacks", async () => {
  await comment(previews(unchanged), event, github);
  expect(written.map(({ request }) => request)).toEqual(["POST /repos/o/r/issues/7/comments"]);
  expect(written[0]!.body).toContain("### `preprod`: nothing changes");
  expect(written[0]!.body).toContain("### `prod`: nothing changes");
});

test("the next time it is the same comment, wherever it is among others, and nobody else's", async () => {
  await comment(previews(unchanged), event, github);
  const body = written.pop()!.body;
  const others = Array.from({ length: 120 }, (_, id) => ({
    id,
    body,
    user: { ...bot, login: "me" },
  }));
  comments = [
    ...others,
    { id: 500, body: "from another workflow", user: bot },
    { id: 501, body, user: bot },
  ];
  await comment(previews(unchanged), event, github);
  expect(written.map(({ request }) => request)).toEqual(["PATCH /repos/o/r/issues/comments/501"]);
});

test.each<[string, unknown]>([
  ["more than the schema knows", { ...unchanged, body: "@everyone" }],
  ["no summary at all", "approved"],
  ["a file that is too large", { ...unchanged, failure: "x".repeat(1_100_000) }],
])("a pull request's code that made %s gets no comment", async (_what, made) => {
  await expect(comment(previews(made), event, github)).rejects.toThrow();
  expect(written).toEqual([]);
});

test("only a pull request that GitHub says is closed is closed", async () => {
  const isClosed = closedOnGitHub(env);
  expect([await isClosed(6), await isClosed(7), await isClosed(99)]).toEqual([true, false, false]);
});

test("what GitHub refuses is an error", async () => {
  const refused = new GitHub({ ...env, GITHUB_TOKEN: "other" });
  await expect(refused.addComment(7, "hello")).rejects.toThrow("404");
});
