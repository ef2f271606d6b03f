import { Stack } from "@pulumi/pulumi/automation";
import { AirflowApi } from "../../scripts/airflowApi";
import { Emulator } from "../../scripts/emulator";
import { dockerClient } from "../../tools/docker";
import { run } from "../../tools/shell";

const MARK = "[managed by pulumi-scaleway-airflow]";

/** Puts two secrets into Secret Manager, one of them in a folder. */
export async function keepSecrets({ env }: Emulator): Promise<void> {
  const base = `${env.SCW_API_URL}/secret-manager/v1beta1/regions/fr-par/secrets`;
  const post = async (url: string, body: object): Promise<{ id: string }> => {
    const headers = { "X-Auth-Token": env.SCW_SECRET_KEY!, "Content-Type": "application/json" };
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    return answer.json();
  };
  for (const [name, path, value] of [
    ["lake", "/data", "http://me:lake-secret@lake"],
    ["api-key", "/", "key-of-the-api"],
  ] as const) {
    const { id } = await post(base, { name, path });
    await post(`${base}/${id}/versions`, { data: Buffer.from(value).toString("base64") });
  }
}

/** Declares two connections, two variables and two pools. */
export async function declareObjects(stack: Stack): Promise<void> {
  await set(stack, {
    "connections.warehouse.type": "postgres",
    "connections.warehouse.host": "db",
    "connections.warehouse.port": "5432",
    "connections.warehouse.login": "me",
    "connections.warehouse.schema": "data",
    "connections.lake.uri.fromSecretManager": "data/lake",
    "airflowVariables.batch": "10",
    "airflowVariables.api.value.fromSecretManager": "api-key",
    // No secret, although it is kept with one: too short to be searched for.
    "airflowVariables.api.description": "The key",
    "pools.dbt.slots": "4",
    "pools.default_pool.slots": "16",
  });
  await setPassword(stack, "hush-hush-hush");
}

/** Declares another password, and a variable and a pool less. */
export async function declareOtherwise(stack: Stack): Promise<void> {
  await setPassword(stack, "another-secret");
  await stack.removeConfig("airflow:airflowVariables.batch", true);
  await stack.removeConfig("airflow:pools.default_pool", true);
}

/** Makes a connection in Airflow's interface, and changes what is declared. */
export async function editByHand(airflow: AirflowApi): Promise<void> {
  await airflow.logIn();
  await airflow.call("POST", "/api/v2/connections", {
    connection_id: "by_hand",
    conn_type: "http",
    host: "elsewhere",
  });
  const pool = { pool: "dbt", slots: 7, include_deferred: false };
  await airflow.call("PATCH", "/api/v2/pools/dbt?update_mask=slots", pool);
}

/** What people see of connections, variables and pools. */
export async function objectsOf(airflow: AirflowApi): Promise<object> {
  await airflow.logIn();
  const { connections } = await airflow.call<Lists>("GET", "/api/v2/connections");
  const { variables } = await airflow.call<Lists>("GET", "/api/v2/variables");
  const { pools } = await airflow.call<Lists>("GET", "/api/v2/pools");
  const by = (items: Item[], name: string, ...fields: string[]) =>
    Object.fromEntries(items.map((item) => [item[name], fields.map((field) => item[field])]));
  return {
    connections: by(connections, "connection_id", "host", "password", "description"),
    variables: by(variables, "key", "value", "description"),
    pools: by(pools, "name", "slots", "description"),
  };
}

/** What people see after `declareObjects`. */
export const declaredFirst = {
  connections: { warehouse: ["db", "***", MARK], lake: ["lake", "***", MARK] },
  variables: { batch: ["10", MARK], api: ["key-of-the-api", `The key ${MARK}`] },
  pools: { dbt: [4, MARK], default_pool: [16, MARK] },
};

/** What people see after `editByHand` and `declareOtherwise`. */
export const declaredThen = {
  connections: { ...declaredFirst.connections, by_hand: ["elsewhere", null, null] },
  variables: { api: declaredFirst.variables.api },
  pools: { dbt: [4, MARK], default_pool: [16, ""] },
};

/** A connection as Airflow itself reads it in one of its containers, password included. */
export async function uriOf(connection: string, container: string): Promise<string> {
  const command = ["exec", container, "airflow", "connections", "get", connection, "--output=json"];
  const printed = await run(await dockerClient(), command);
  const [found] = JSON.parse(printed.slice(printed.indexOf("[{"))) as { get_uri: string }[];
  return found!.get_uri;
}

type Item = Record<string, string>;
type Lists = Record<"connections" | "variables" | "pools", Item[]>;

async function set(stack: Stack, settings: Record<string, string>): Promise<void> {
  for (const [key, value] of Object.entries(settings)) {
    await stack.setConfig(`airflow:${key}`, { value }, true);
  }
}

/** By standard input: arguments are in the list of processes. */
async function setPassword({ name, workspace }: Stack, value: string): Promise<void> {
  const key = "airflow:connections.warehouse.password";
  await run("pulumi", ["config", "set", "--secret", "--path", key, "--stack", name], {
    cwd: workspace.workDir,
    env: workspace.envVars,
    input: value,
  });
}
