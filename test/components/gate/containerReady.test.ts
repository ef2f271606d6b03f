import { DeployedContainer } from "../../../components/gate/containerLog";
import { assertReady } from "../../../components/gate/containerReady";
import { AnsweringServer, Received } from "../../answeringServer";

const scaleway = new AnsweringServer();
const container: DeployedContainer = {
  name: "lvao-airflow-scheduler",
  id: "fr-par/container-1",
  changed: true,
  secrets: ["postgresql://airflow:p%40ssw0rd@db/airflow", '{"password":"log-secret"}'],
  secretKey: "deployer-key",
};
const failed = { status: "error", error_message: "Container is unable to start" };
const printed = ["starting", "no login with p@ssw0rd, p%40ssw0rd or log-secret"];
let state: object;
let mayReadLogs: boolean;

beforeEach(async () => {
  state = { ...failed, updated_at: new Date().toISOString() };
  mayReadLogs = true;
  scaleway.received.length = 0;
  await scaleway.start(answer);
  process.env.SCW_API_URL = scaleway.url;
});
afterEach(() => {
  delete process.env.SCW_API_URL;
  scaleway.stop();
});

function answer({ method, url, headers }: Received): object | number {
  const { pathname } = url;
  if (pathname === "/containers/v1/regions/fr-par/containers/container-1") return state;
  if (pathname.endsWith("/redeploy")) {
    state = { status: "ready", updated_at: new Date().toISOString() };
    return state;
  }
  if (!mayReadLogs) return 403;
  if (pathname.endsWith("/data-sources")) return { data_sources: [{ url: scaleway.url }] };
  if (pathname.endsWith("/tokens")) return { id: "token-1", secret_key: "log-token" };
  if (pathname.endsWith("/tokens/token-1") && method === "DELETE") return 204;
  if (headers["x-token"] !== "log-token") return 401;
  const entry = (at: number, resource_instance: string, message: string) => [
    String(at),
    JSON.stringify({ resource_instance, message }),
  ];
  const before = [1, 3, 9].map((at) => entry(at, "version-1", "serving"));
  const values = [...before, ...printed.map((message, at) => entry(at + 4, "version-2", message))];
  return { data: { result: [{ values: values.reverse() }] } };
}

async function failure(of = container): Promise<string> {
  const error: Error = await assertReady(of, failed).then(
    () => new Error("it passed"),
    (error) => error,
  );
  return error.message.trimStart();
}

test("a container that is not ready fails the update with the platform's reason and the end of its log, without secrets", async () => {
  const lines = (await failure()).split("\n");
  expect(lines.slice(0, -1)).toEqual([
    'The container lvao-airflow-scheduler is not ready but in status "error": Container is unable to start.',
    "The last lines of its log:",
    "  | starting",
    "  | no login with [secret], [secret] or [secret]",
  ]);
  expect(lines.at(-1)).toMatch(/^What served before goes on to serve/);
});

test("the token that reads the log reads nothing else, and is gone afterwards", async () => {
  await failure();
  const tokens = scaleway.received.filter(({ url }) => url.pathname.includes("/tokens"));
  expect(tokens.map(({ method, body }) => [method, body])).toEqual([
    ["POST", { name: "pulumi-failed-deployment", token_scopes: ["read_only_logs"] }],
    ["DELETE", undefined],
  ]);
});

test("a log that may not be read is no reason to say nothing", async () => {
  mayReadLogs = false;
  expect(await failure()).toMatch(/unable to start.\nIts log is in Scaleway's Cockpit.+ 403/);
  expect(await failure({ ...container, secretKey: undefined })).toMatch(/no secret key is known/);
});

test("a container that failed before this update is deployed once more, and has changed by that", async () => {
  state = { ...failed, updated_at: "2020-01-01T00:00:00Z" };
  const unchanged = { ...container, changed: false };
  expect(await assertReady(unchanged, failed)).toEqual({ ...unchanged, changed: true });
  expect(scaleway.received.map(({ method }) => method)).toEqual(["GET", "POST", "GET"]);
});

test.each(["ready", undefined])(
  "status %s passes without a call: ready, or not known yet in a preview",
  async (status) => {
    expect(await assertReady(container, { status })).toBe(container);
    expect(scaleway.received).toEqual([]);
  },
);
