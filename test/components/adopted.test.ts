import { AirflowEnvironment, AirflowSecrets, Database, RotationArgs } from "../../components";
import { named, record, resolved } from "../mocks";

const database = {
  name: "airflow",
  username: "qfdmo",
  password: "p@ss",
  administrator: "qfdmo",
  volumeType: "sbs_15k",
};

const fernetKey = "A".repeat(43) + "=";

const environment = (rotation?: RotationArgs) =>
  record(
    () =>
      new AirflowEnvironment("airflow", {
        prefix: "lvao",
        environment: "preprod",
        names: { database: "old-instance" },
        adopted: { database, fernetKey, jwtSecret: "typed", apiSecretKey: "too" },
        rotation,
      }),
  );

const build = (
  adopted: typeof database & { administratorPassword?: string },
  generation?: number,
) =>
  record(
    () =>
      new Database("database", {
        databaseName: "old-instance",
        privateNetworkId: "network-1",
        passwordGeneration: generation,
        adopted,
      }),
  );

const typesOf = (resources: { type: string }[]) =>
  resources.map(({ type }) => type.split(":").pop());

test("a database keeps its name, users, password and volume", async () => {
  const { result, resources } = await environment();
  expect(named(resources, "airflow-database-instance")).toMatchObject({
    inputs: {
      name: "old-instance",
      userName: "qfdmo",
      password: { secret: "p@ss" },
      volumeType: "sbs_15k",
    },
    ignoreChanges: ["initSettings", "password"],
  });
  expect(named(resources, "airflow-database-database").inputs).toMatchObject({ name: "airflow" });
  expect(typesOf(resources)).not.toContain("User");
  const { value } = await resolved(result.databaseUri);
  expect(value).toMatch(/^postgresql\+psycopg2:\/\/qfdmo:p%40ss@172.16.4.2:5432\/airflow\?/);
});

test("secrets are those that were there, and secret also among the component's arguments", async () => {
  const { resources } = await environment();
  const generated = resources.filter(({ type }) => type.endsWith(":RandomPassword"));
  expect(generated.map(({ name }) => name)).toEqual([
    "airflow-owner",
    "airflow-secrets-admin-password-1",
  ]);
  const { secretEnvironmentVariables } = named(resources, "airflow-scheduler-container").inputs;
  expect(secretEnvironmentVariables).toMatchObject({
    secret: {
      AIRFLOW__CORE__FERNET_KEY: fernetKey,
      AIRFLOW__API_AUTH__JWT_SECRET: "typed",
      AIRFLOW__API__SECRET_KEY: "too",
    },
  });
  for (const name of ["airflow", "airflow-database", "airflow-secrets"]) {
    expect(JSON.stringify(named(resources, name).inputs)).not.toMatch(
      /(?<!"secret":)("p@ss"|"typed"|"too")/,
    );
  }
});

test("they are rotated like generated ones", async () => {
  const { result } = await record(
    () => {
      return new AirflowSecrets("secrets", { fernetKey: 2, adopted: { fernetKey } });
    },
    { "secrets-fernet-key-2": { result: "B".repeat(42) + "A" } },
  );
  expect((await resolved(result.fernetKey)).value).toBe(`${"B".repeat(42)}A=,${fernetKey}`);
  const { result: rotated } = await build(database, 2);
  expect(await resolved(rotated.formerPasswords!)).toEqual({ value: '["p@ss"]', secret: true });
  expect((await resolved(rotated.uri)).value).toContain("Pw%2Fdatabase-user-password-2");
});

test("several former Fernet keys are taken over as they are", async () => {
  const both = `${fernetKey},${"B".repeat(42)}A=`;
  const { result } = await record(
    () => new AirflowSecrets("secrets", { adopted: { fernetKey: both } }),
  );
  expect((await resolved(result.fernetKey)).value).toBe(both);
});

test("a user of its own keeps its password until it is rotated; the administrator keeps or gets one", async () => {
  const own = { ...database, administrator: "root" };
  const first = (await build(own)).resources;
  expect(named(first, "database-user")).toMatchObject({
    inputs: { name: "qfdmo", password: { secret: "p@ss" }, isAdmin: false },
    ignoreChanges: [],
  });
  expect(named(first, "database-instance").inputs).toMatchObject({
    userName: "root",
    password: { secret: "Pw/database-admin-password-1!" },
  });
  const second = (await build({ ...own, administratorPassword: "of root" }, 2)).resources;
  expect(named(second, "database-user").ignoreChanges).toEqual(["password"]);
  const kept = (await build({ ...own, administratorPassword: "of root" })).resources;
  expect(named(kept, "database-instance").inputs).toMatchObject({
    password: { secret: "of root" },
  });
});
