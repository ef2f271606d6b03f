import { randomBytes } from "node:crypto";
import { ensureBaseImages } from "../../tools/baseImages";
import { waitFor } from "../../components/gate/waitFor";
import { AirflowContainers, buildImage } from "./containers";

const MINUTE = 60_000;
const containers = new AirflowContainers();
const newPassword = randomBytes(24).toString("hex");
const newJwtSecret = randomBytes(64).toString("base64url");
const [firstKey, secondKey] = [1, 2].map(
  (byte) => Buffer.alloc(32, byte).toString("base64url") + "=",
);
const admin = { username: "admin", password: "a first p4ssword" };
let images: Record<"scheduler" | "webserver", string>;

const environment = (variables: Record<string, string>) =>
  Object.entries(variables).map(([name, value]) => `--env=${name}=${value}`);

function first(): string[] {
  return environment({
    AIRFLOW__CORE__FERNET_KEY: firstKey!,
    AIRFLOW__API_AUTH__JWT_KID: "1",
    ADMIN_USERNAME: admin.username,
    ADMIN_PASSWORD: admin.password,
  });
}

function second(): string[] {
  return environment({
    AIRFLOW__CORE__FERNET_KEY: `${secondKey},${firstKey}`,
    AIRFLOW__API_AUTH__JWT_KID: "2",
    AIRFLOW__API_AUTH__JWT_SECRET: newJwtSecret,
    FORMER_JWT_SECRET: containers.secret,
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: containers.databaseUri(newPassword),
    FORMER_DATABASE_PASSWORDS: JSON.stringify([containers.secret]),
    ADMIN_USERNAME: admin.username,
    ADMIN_PASSWORD: "a second p4ssword",
  });
}

async function call(webserver: string, path: string, body?: object, token?: string) {
  const response = await fetch((await containers.address(webserver, 8080)) + path, {
    method: body ? "POST" : "GET",
    headers: {
      ...(body && { "Content-Type": "application/json" }),
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    body: body && JSON.stringify(body),
  });
  return { status: response.status, content: (await response.json()) as Record<string, string> };
}

const logIn = async (webserver: string, password: string) =>
  call(webserver, "/auth/token", { username: admin.username, password });

/** Whether the database takes this password. */
const takes = (password: string) =>
  containers.python(
    "second-scheduler",
    `
import psycopg2
from database import connect_with
try:
    print("yes" if connect_with("${password}") else "")
except psycopg2.OperationalError:
    print("no")`,
  );

/** What this key alone reads of the connection and the variable that were saved. */
const readWith = (key: string) =>
  containers.python(
    "second-scheduler",
    `
from cryptography.fernet import Fernet, InvalidToken
from database import connect
cursor = connect().cursor()
cursor.execute("SELECT password FROM connection UNION ALL SELECT extra FROM connection UNION ALL SELECT val FROM variable")
for (value,) in cursor.fetchall():
    try:
        print(Fernet("${key}").decrypt(value).decode())
    except InvalidToken:
        print("unreadable")`,
  );

beforeAll(async () => {
  const base = await ensureBaseImages();
  const build = (name: "scheduler" | "webserver") =>
    buildImage(name, `airflow-${name}.Dockerfile`, { BASE_IMAGE: base.airflow });
  images = { scheduler: await build("scheduler"), webserver: await build("webserver") };
  await containers.start(base);
}, 15 * MINUTE);

afterAll(() => containers.erase(), MINUTE);

test(
  "containers with the newest secrets work beside those with the former ones",
  async () => {
    await containers.run("webserver", [...first(), images.webserver]);
    await containers.run("scheduler", [...first(), images.scheduler]);
    await containers.untilHealth("webserver", 8080, "/api/v2/version", 200);
    const { content } = await logIn("webserver", admin.password);
    const token = content.access_token;
    const save = (path: string, body: object) => call("webserver", path, body, token);
    await save("/api/v2/connections", {
      ...{ connection_id: "store", conn_type: "http", password: "hidden", extra: '{"a":1}' },
    });
    await save("/api/v2/variables", { key: "name", value: "kept" });
    await containers.untilHealth("scheduler", 8974, "/health", 200);

    await containers.run("second-webserver", [...second(), images.webserver]);
    await containers.untilHealth("second-webserver", 8080, "/api/v2/version", 200);
    await containers.run("second-scheduler", [...second(), images.scheduler]);
    await containers.untilHealth("second-scheduler", 8974, "/health", 200);

    const path = "/api/v2/connections/store";
    expect(await call("second-webserver", path, undefined, token)).toMatchObject({ status: 200 });
    expect((await logIn("second-webserver", admin.password)).status).toBe(401);
    const again = await logIn("second-webserver", "a second p4ssword");
    expect(
      await call("second-webserver", path, undefined, again.content.access_token),
    ).toMatchObject({ status: 200 });
  },
  4 * MINUTE,
);

test(
  "nothing is taken from the former containers while they run",
  async () => {
    const output = await waitFor(
      "The wait for the former containers",
      async () => {
        const text = await containers.output("second-scheduler");
        return text.includes("Rotation: waiting") ? { text } : text.slice(-500);
      },
      { timeout: MINUTE },
    );
    expect(output.text).not.toContain("newest");
    expect([await takes(containers.secret), await takes(newPassword)]).toEqual(["yes", "no"]);
    expect(await readWith(firstKey!)).toBe('hidden\n{"a":1}\nkept');
  },
  2 * MINUTE,
);

test(
  "once they are gone, only the newest secrets count",
  async () => {
    expect(await containers.stop("scheduler")).toBe(0);
    await waitFor(
      "The end of the rotation",
      async () => {
        const text = await containers.output("second-scheduler");
        return text.includes("Rotation: done") ? { text } : text.slice(-500);
      },
      { timeout: MINUTE },
    );
    expect([await takes(containers.secret), await takes(newPassword)]).toEqual(["no", "yes"]);
    expect(await readWith(secondKey!)).toBe('hidden\n{"a":1}\nkept');
    expect(await readWith(firstKey!)).toBe("unreadable\nunreadable\nunreadable");
    const output = await containers.output("second-scheduler");
    for (const secret of [newPassword, containers.secret, firstKey!, secondKey!]) {
      expect(output).not.toContain(secret);
    }
  },
  2 * MINUTE,
);
