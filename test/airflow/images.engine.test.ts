import { AirflowApi } from "../../scripts/airflowApi";
import { waitFor } from "../../components/gate/waitFor";
import { selfSigned } from "../../emulator/edge/authority";
import { BaseImages, ensureBaseImages } from "../../tools/baseImages";
import { CommandFailed } from "../../tools/shell";
import { AirflowContainers, buildImage, docker } from "./containers";

const MINUTE = 60_000;
const admin = { username: "admin", password: "a first p4ssword" };
const asynchronously = `
import asyncio, sys
sys.path.insert(0, "/opt/airflow/start")
from database import configure
configure()
from sqlalchemy import text
from airflow import settings
from airflow.utils.session import create_session_async
async def main():
    async with create_session_async() as session:
        print(await session.scalar(text("SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()")))
    await settings.async_engine.dispose()
asyncio.run(main())`;
const containers = new AirflowContainers();
let base: BaseImages;
let scheduler: string;
let webserver: string;

beforeAll(async () => {
  base = await ensureBaseImages();
  scheduler = await buildImage("scheduler", "airflow-scheduler.Dockerfile", {
    BASE_IMAGE: base.airflow,
  });
  webserver = await buildImage("webserver", "airflow-webserver.Dockerfile", {
    BASE_IMAGE: base.airflow,
  });
}, 15 * MINUTE);

describe("images", () => {
  test(
    "the tests of DAGs and start scripts pass where the DAGs run",
    async () => {
      const image = await buildImage("dag-tests", "dags/tests/Dockerfile", {
        SCHEDULER_IMAGE: scheduler,
      });
      expect(await docker("run", "--rm", image)).toMatch(/ \d+ passed/);
    },
    5 * MINUTE,
  );

  test(
    "only the scheduler's carries DAGs and what they depend on",
    async () => {
      const look = "ls $AIRFLOW_HOME/dags; python -c 'import stdnum' 2>&1";
      const inImage = (image: string) =>
        docker("run", "--rm", "--entrypoint=bash", image, "-c", `${look}; true`);
      expect(await inImage(webserver)).toMatch(/^Traceback/);
      const inScheduler = await inImage(scheduler);
      expect(inScheduler).toContain("ingest_repair_actors.py");
      expect(inScheduler).not.toMatch(/tests|env\.template|Traceback/);
    },
    MINUTE,
  );

  test(
    "a missing setting or an unknown process is refused in one line",
    async () => {
      const refusal = (...args: string[]) =>
        docker("run", "--rm", ...args).catch((error: CommandFailed) => error.output);
      expect(await refusal(webserver)).toMatch(/^ADMIN_USERNAME is not set: .+$/);
      expect(await refusal(scheduler, "worker")).toMatch(/^Give one or more of .+; got: worker\.$/);
      expect(await refusal(scheduler)).toMatch(
        /^AIRFLOW__DATABASE__SQL_ALCHEMY_CONN is not set: .+$/,
      );
    },
    MINUTE,
  );
});

describe("containers", () => {
  const withAdmin = (password: string, objects: object) => [
    `--env=ADMIN_USERNAME=${admin.username}`,
    `--env=ADMIN_PASSWORD=${password}`,
    `--env=DECLARED_OBJECTS=${JSON.stringify(objects)}`,
    webserver,
  ];
  const warehouse = { conn_type: "postgres", host: "db", password: "a s3cret of the warehouse" };
  const declared = {
    connections: { warehouse },
    variables: { models: { value: ["a", "b"] } },
    pools: { dbt: { slots: 4, include_deferred: false } },
  };

  beforeAll(() => containers.start(base), 3 * MINUTE);
  afterAll(() => containers.erase(), MINUTE);

  test(
    "the scheduler waits for the webserver, which migrates the database",
    async () => {
      await containers.run("scheduler", [scheduler]);
      await containers.run("webserver", withAdmin(admin.password, declared));
      await containers.untilHealth("webserver", 8080, "/api/v2/version", 200);
      await containers.untilHealth("scheduler", 8974, "/health", 200);
    },
    5 * MINUTE,
  );

  test(
    "asynchronous code reaches the database, over TLS as well",
    async () => {
      expect(await containers.python("webserver", asynchronously)).toMatch(/TLSv1\.3$/);
    },
    MINUTE,
  );

  test(
    "a server with another certificate, and a wrong password, are told within a minute",
    async () => {
      const { certificate } = selfSigned([]);
      const stranger = [`--env=AIRFLOW_DATABASE_CERTIFICATE=${certificate}`, scheduler];
      const uri = `--env=AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=${containers.databaseUri("wrong")}`;
      await containers.run("stranger", stranger);
      await containers.run("forgetful", [uri, scheduler]);
      expect(await containers.exitStatus("stranger")).toBe(1);
      expect(await containers.exitStatus("forgetful")).toBe(1);
      expect(await containers.output("stranger")).toMatch(
        /Gave up waiting for .+ certificate verify failed \(.+ `pulumi up --refresh`/,
      );
      expect(await containers.output("forgetful")).toMatch(
        /Gave up waiting for .+ password authentication failed .+ \(user or password/,
      );
    },
    2 * MINUTE,
  );

  test(
    "the administrator runs a DAG",
    async () => {
      const airflow = new AirflowApi(await containers.address("webserver", 8080), admin);
      expect(await airflow.runDag("ingest_repair_actors", 3 * MINUTE)).toMatchObject({
        state: "success",
      });
      expect(await containers.output("webserver")).not.toContain(admin.password);
    },
    5 * MINUTE,
  );

  test(
    "health tells of a process that hangs",
    async () => {
      await containers.signal("scheduler", "dag-processor", "STOP");
      expect(await containers.untilHealth("scheduler", 8974, "/health", 503)).toMatchObject({
        scheduler: { status: "healthy" },
        "dag-processor": { status: "unhealthy" },
        triggerer: { status: "healthy" },
      });
    },
    2 * MINUTE,
  );

  test(
    "the death of a process takes the container down",
    async () => {
      await containers.signal("scheduler", "triggerer", "KILL");
      expect(await containers.exitStatus("scheduler")).not.toBe(0);
      expect(await containers.output("scheduler")).toContain("triggerer was killed (status -9)");
    },
    2 * MINUTE,
  );

  test(
    "a container that is started again reports its own processes and stops when asked",
    async () => {
      const { length: before } = await containers.output("scheduler");
      await containers.restart("scheduler");
      await containers.untilHealth("scheduler", 8974, "/health", 200);
      expect(await containers.stop("scheduler")).toBe(0);
      const output = (await containers.output("scheduler")).slice(before);
      for (const name of ["scheduler", "dag-processor", "triggerer"]) {
        expect(output).toMatch(
          new RegExp(`${name} +\\| .*Exiting gracefully upon receiving signal`),
        );
      }
      expect(output).not.toContain("did not end");
    },
    5 * MINUTE,
  );

  test(
    "a scheduler asks for the API of the tasks when it starts, and not only with the first task",
    async () => {
      const server = ["-u", "-m", "http.server", "8080"];
      const named = ["--network-alias=tasks", "--entrypoint=python", webserver];
      await containers.run("tasks", named, ...server);
      const address = "--env=AIRFLOW__CORE__EXECUTION_API_SERVER_URL=http://tasks:8080/execution/";
      await containers.run("asking-scheduler", [address, scheduler]);
      await waitFor(
        "The request",
        async () => {
          const output = await containers.output("tasks");
          return output.includes("GET /execution/health ") ? { output } : output;
        },
        { timeout: MINUTE },
      );
      await containers.remove("asking-scheduler", "tasks");
    },
    2 * MINUTE,
  );

  test(
    "a changed password replaces the old one",
    async () => {
      await containers.run("second-webserver", withAdmin("another p4ssword", declared));
      await containers.untilHealth("second-webserver", 8080, "/api/v2/version", 200);
      const url = await containers.address("second-webserver", 8080);
      const logIn = (password: string) =>
        fetch(`${url}/auth/token`, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ username: admin.username, password }),
        });
      expect((await logIn("another p4ssword")).status).toBe(201);
      expect((await logIn(admin.password)).status).toBe(401);
    },
    3 * MINUTE,
  );

  test("what is declared is made once, and said without its values", async () => {
    const lines = async (name: string) =>
      (await containers.output(name))
        .split("\n")
        .filter((line) => / the (conn|var|pool)/.test(line));
    expect(await lines("webserver")).toEqual([
      "Created the connection warehouse.",
      "Created the variable models.",
      "Created the pool dbt.",
    ]);
    expect(await lines("second-webserver")).toEqual([]);
    const output =
      (await containers.output("webserver")) + (await containers.output("second-webserver"));
    expect(output).not.toContain(warehouse.password);
  });

  test(
    "a declaration that Airflow cannot read stops the start, without saying a value",
    async () => {
      const uri = "postgres://me:h1dden@db:port-with-h1dden";
      const objects = { connections: { warehouse, broken: { uri } }, variables: {}, pools: {} };
      await containers.run("broken-webserver", withAdmin(admin.password, objects));
      expect(await containers.exitStatus("broken-webserver")).not.toBe(0);
      const output = await containers.output("broken-webserver");
      expect(output).toContain("Airflow cannot read what is declared of the connection broken.");
      expect(output).not.toContain("h1dden");
    },
    3 * MINUTE,
  );
});
