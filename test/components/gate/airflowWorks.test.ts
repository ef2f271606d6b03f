import * as pulumi from "@pulumi/pulumi";
import { AnsweringServer, Received } from "../../answeringServer";

const { assertAirflowWorks, healthOf } = jest.requireActual<
  typeof import("../../../components/gate/airflowWorks")
>("../../../components/gate/airflowWorks");

const airflow = new AnsweringServer();
const containersOf = (changed: boolean) => {
  const container = { name: "scheduler", id: "fr-par/1", secrets: [], changed };
  return {
    metadatabase: container,
    scheduler: container,
    dag_processor: container,
    triggerer: container,
  };
};
const broken = { filename: "broken.py", stack_trace: "Traceback\nKeyError: 'DATABASE_URL'\n" };
const PATIENCE = { healthy: 60_000, imported: 60_000, interval: 10 };
const SHORT = { healthy: 150, imported: 100, interval: 10 };
let looks: number;
let brokenFor: number;
let loginsRefused: number;
let status: Record<string, string>;

beforeEach(async () => {
  [looks, brokenFor, loginsRefused, status] = [0, 0, 0, {}];
  airflow.received.length = 0;
  for (const level of ["info", "warn"] as const) jest.spyOn(pulumi.log, level).mockResolvedValue();
  await airflow.start(answer);
});
afterEach(() => airflow.stop());

function answer({ url, body }: Received): object | number {
  if (url.pathname === "/api/v2/monitor/health") return health(++looks);
  if (url.pathname === "/auth/token") {
    if (loginsRefused-- > 0) return 502;
    return (body as { password: string }).password === "right" ? { access_token: "token" } : 401;
  }
  return { import_errors: brokenFor-- > 0 ? [broken] : [] };
}

/** Heartbeats that come at every second look. */
function health(look: number): object {
  const beat = `2026-01-01T00:00:${String(10 + Math.floor(look / 2))}Z`;
  const part = (name: string) => ({
    status: status[name] ?? "healthy",
    [`latest_${name}_heartbeat`]: beat,
  });
  return {
    metadatabase: { status: "healthy" },
    scheduler: part("scheduler"),
    dag_processor: part("dag_processor"),
    triggerer: part("triggerer"),
  };
}

const check = (password = "right", patience = PATIENCE) =>
  assertAirflowWorks(deployed({ password }), patience);
const deployed = (args: object = {}) => ({
  url: airflow.url,
  username: "admin",
  password: "right",
  containers: containersOf(true),
  ...args,
});

test("passes when each part has a heartbeat later than the first one seen", async () => {
  await check();
  expect(looks).toBe(2);
});

test("a heartbeat later than those before the deployment will do", async () => {
  const before = await healthOf(airflow.url);
  await assertAirflowWorks(deployed({ before }));
  expect(looks).toBe(2);
});

test("where no container has changed, no new heartbeat is waited for", async () => {
  await assertAirflowWorks(deployed({ containers: containersOf(false) }));
  expect(looks).toBe(1);
});

test("an Airflow that cannot be asked has no health yet", async () => {
  expect(await healthOf("http://127.0.0.1:1")).toBeUndefined();
});

test("waits until the dag-processor has forgotten what the version before could not import", async () => {
  brokenFor = 2;
  await check();
  expect(airflow.received.filter(({ url }) => url.pathname.endsWith("importErrors"))).toHaveLength(
    3,
  );
});

test("a part that stays unhealthy fails the update with its name", async () => {
  status = { dag_processor: "unhealthy" };
  await expect(check("right", SHORT)).rejects.toThrow(
    /healthy Airflow did not come .+ dag_processor not healthy yet/,
  );
});

test("a DAG file that cannot be imported fails the update with the file and the reason", async () => {
  brokenFor = Infinity;
  await expect(check("right", SHORT)).rejects.toThrow(/broken.py \(KeyError: 'DATABASE_URL'\)/);
});

test("an account that cannot log in any more does not hide that Airflow is healthy", async () => {
  await check("changed by hand");
  expect(looks).toBe(2);
});

test("a login that is not answered is tried again", async () => {
  loginsRefused = 2;
  await check();
  expect(loginsRefused).toBeLessThan(0);
});

test("a login that is never answered fails the update with the webserver's name", async () => {
  loginsRefused = Infinity;
  await expect(check("right", SHORT)).rejects.toThrow(
    /login to Airflow did not come .+ answered 502.*\nSee to the container scheduler/,
  );
});
