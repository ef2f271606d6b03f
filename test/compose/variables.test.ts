import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { parse } from "yaml";
import { AirflowEnvironment } from "../../components";
import { EnvironmentSettings } from "../../components/checks/schema";
import { checkStackConfig } from "../../components/checks/stackConfig";
import { stackConfig } from "../../scripts/check";
import { generated } from "../../scripts/compose";
import {
  DevelopmentRole,
  developmentRoles,
  developmentVariables,
  differences,
  variablesOfTasks,
} from "../../scripts/development";
import { named, record } from "../mocks";

type Variables = Record<string, unknown>;

const preprod = settingsOf({});
const file = readFileSync("docker-compose.yml", "utf8");
const compose = parse(file, { merge: true });
const readEnv = (name: string) => parseEnv(readFileSync(name, "utf8"));

function settingsOf(written: Record<string, object>): EnvironmentSettings {
  const own = Object.entries(written).map(([key, value]) => [
    `airflow:${key}`,
    JSON.stringify(value),
  ]);
  const config = { ...stackConfig("preprod"), ...Object.fromEntries(own) };
  const { settings, mistakes } = checkStackConfig(config, "preprod");
  if (settings === undefined) throw new Error(mistakes);
  return settings;
}

/** The variables with which a container of preprod is registered; no secret has been rotated. */
async function deployed(role: DevelopmentRole): Promise<{ plain: Variables; secret: Variables }> {
  const args = { ...preprod, rotation: undefined, environment: "preprod" };
  const { resources } = await record(() => new AirflowEnvironment("airflow", args));
  const { environmentVariables, secretEnvironmentVariables } = named(
    resources,
    `airflow-${role}-container`,
  ).inputs as Record<string, Variables>;
  const { secret } = secretEnvironmentVariables as { secret?: Variables };
  return { plain: environmentVariables!, secret: secret ?? secretEnvironmentVariables! };
}

test("docker-compose.yml is what `npm run compose` writes", () => {
  expect(file).toBe(generated());
});

test("development differs from preprod in what is declared, and in nothing else", async () => {
  const ofTasks = variablesOfTasks(preprod);
  const differing = new Set<string>();
  for (const role of developmentRoles) {
    const { plain, secret } = await deployed(role);
    const here: Variables = compose.services[role].environment;
    for (const name of Object.keys({ ...plain, ...secret, ...here })) {
      const same = name in secret ? name in here : plain[name] === here[name];
      if (!same && !ofTasks.includes(name)) differing.add(name);
    }
  }
  expect([...differing].sort()).toEqual(Object.keys(differences).sort());
});

test("docs/development.md explains each difference", () => {
  const page = readFileSync("docs/development.md", "utf8");
  expect(Object.keys(differences).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test("what is declared of connections, variables and pools reaches development, without its secrets", () => {
  const settings = settingsOf({
    connections: {
      warehouse: { type: "postgres", login: "me$", password: { secure: "v1:encrypted" } },
      "data-lake": { uri: { fromSecretManager: "data/lake" } },
    },
    airflowVariables: { batch: 100 },
    pools: { dbt: { slots: 4 } },
  });
  const { DECLARED_OBJECTS } = developmentVariables("webserver", settings);
  expect(JSON.parse(DECLARED_OBJECTS!)).toEqual({
    connections: {
      warehouse: {
        conn_type: "postgres",
        login: "me$$",
        password: "${CONNECTIONS_WAREHOUSE_PASSWORD:?see .env.template}",
      },
      "data-lake": { uri: "${CONNECTIONS_DATA_LAKE_URI:?see .env.template}" },
    },
    variables: { batch: { value: 100 } },
    pools: { dbt: { slots: 4, include_deferred: false } },
  });
});

test("own settings of Airflow are as in preprod; other variables of tasks are in airflow/dags/.env", () => {
  const settings = settingsOf({
    variables: {
      all: { AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION: "true" },
      scheduler: { WEBAPP_URL: "https://preprod.example" },
      webserver: { BANNER: "preprod" },
    },
    secretVariables: { all: { DATABASE_URL: { secure: "v1:encrypted" } } },
  });
  const own = developmentVariables("scheduler", settings);
  expect(own.AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION).toBe("true");
  expect(own).not.toHaveProperty("WEBAPP_URL");
  expect(own).not.toHaveProperty("DATABASE_URL");
  expect(variablesOfTasks(settings)).toEqual(["WEBAPP_URL", "DATABASE_URL"]);
});

test("airflow/dags/.env.template names every variable that preprod's tasks have", () => {
  expect(Object.keys(readEnv("airflow/dags/.env.template"))).toEqual(
    expect.arrayContaining(variablesOfTasks(preprod)),
  );
});

test(".env.template gives what docker-compose.yml asks for, no more and no less", () => {
  const asked = new Set([...file.matchAll(/\$\{(\w+)/g)].map(([, name]) => name));
  const template = readEnv(".env.template");
  expect(Object.keys(template).sort()).toEqual([...asked].sort());
  expect(Object.values(template)).not.toContain("");
  expect(template.BASE_IMAGE).toBe(preprod.baseImage);
});

test("nothing of development is to be reached from another machine", () => {
  const ports = Object.values<{ ports?: string[] }>(compose.services).flatMap(
    (it) => it.ports ?? [],
  );
  expect(ports.filter((port) => !port.startsWith("127.0.0.1:"))).toEqual([]);
});
