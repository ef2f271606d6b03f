import { Stack } from "@pulumi/pulumi/automation";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deployedDatabase } from "../../scripts/deployedDatabase";
import { EmulatedResources, Emulator } from "../../scripts/emulator";
import { PulumiProject } from "../../scripts/pulumiProject";
import { ScalewayApi } from "../../scripts/scalewayApi";
import { dockerClient } from "../../tools/docker";
import { setUp } from "../../tools/setup";
import { run } from "../../tools/shell";

const MINUTE = 60_000;
const PASSWORD = "thiZ_is_v&ry_s3cret";
const folder = mkdtempSync(join(tmpdir(), "airflow-existing-"));
let emulator: Emulator;
let project: PulumiProject;
let stack: Stack;
let endpoint: string;
let theirs: EmulatedResources;

beforeAll(async () => {
  const toolbox = await setUp();
  Object.assign(process.env, toolbox.engine);
  emulator = await Emulator.start(folder, toolbox);
  project = new PulumiProject(folder, emulator.env);
  Object.assign(process.env, project.env);
  stack = await project.stack("preprod", {
    "airflow:context": "test/engine/light",
    "airflow:baseImage": toolbox.images.debian,
    ...(await makeTheirs(new ScalewayApi(emulator.env))),
  });
  const key = "airflow:existing.database.password";
  await stack.setConfig(key, { value: PASSWORD, secret: true }, true);
  theirs = await emulator.resources();
}, 30 * MINUTE);

afterAll(async () => {
  await emulator?.erase();
  rmSync(folder, { recursive: true, force: true });
}, MINUTE);

/** A namespace, a registry, a network and a database that nobody's program knows of, as settings. */
async function makeTheirs(api: ScalewayApi): Promise<Record<string, string>> {
  const make = (service: string, body: object = {}) =>
    api.call<{ id: string; endpoint: string }>("POST", `/${service}`, { name: "theirs", ...body });
  const namespace = await make("containers/v1/regions/fr-par/namespaces");
  const registry = await make("registry/v1/regions/fr-par/namespaces");
  const network = await make("vpc/v2/regions/fr-par/private-networks");
  const instances = "rdb/v1/regions/fr-par/instances";
  const { id } = await make(instances, {
    engine: "PostgreSQL-16",
    node_type: "db-dev-s",
    user_name: "them",
    password: PASSWORD,
    init_endpoints: [{ private_network: { private_network_id: network.id, ipam_config: {} } }],
  });
  const { endpoints } = await api.untilReady<Instance>("Their instance", `/${instances}/${id}`);
  const [{ ip, port }] = endpoints;
  await api.call("POST", `/${instances}/${id}/databases`, { name: "flow" });
  const certificate = await api.call<{ content: string }>("GET", `/${instances}/${id}/certificate`);
  endpoint = `${ip}:${port}`;
  return {
    "airflow:existing.namespaceId": `fr-par/${namespace.id}`,
    "airflow:existing.registryEndpoint": registry.endpoint,
    "airflow:existing.privateNetworkId": `fr-par/${network.id}`,
    "airflow:existing.database.endpoint": endpoint,
    "airflow:existing.database.name": "flow",
    "airflow:existing.database.username": "them",
    "airflow:existing.database.certificate": Buffer.from(certificate.content, "base64").toString(),
  };
}

interface Instance {
  readonly status: string;
  readonly endpoints: [{ readonly ip: string; readonly port: number }];
}

test(
  "an environment comes up in what exists already",
  async () => {
    await stack.up();
    const webserver = await emulator.container("theirs", "lvao-airflow-webserver");
    const answer = await fetch(`${webserver.local_url}/api/v2/version`);
    expect(await answer.json()).toMatchObject({ version: "light" });
    expect(await emulator.resources()).toMatchObject({
      container_namespaces: ["theirs"],
      registry_namespaces: ["theirs"],
      private_networks: ["theirs"],
      database_instances: ["theirs"],
    });
  },
  MINUTE,
);

test("its containers are of the registry's images, and reach the database", async () => {
  const docker = await dockerClient();
  const { docker_container } = await emulator.container("theirs", "lvao-airflow-scheduler");
  const connect = `use IO::Socket::INET; IO::Socket::INET->new("${endpoint}") or die $@`;
  await run(docker, ["exec", docker_container!, "perl", "-e", connect]);
  const described = await run(docker, ["inspect", docker_container!]);
  const [{ Config }] = JSON.parse(described) as [{ Config: { Image: string; Env: string[] } }];
  expect(Config.Image).toContain("/theirs/lvao-airflow-scheduler");
  expect(Config.Env.join("\n")).toContain(
    `postgresql+psycopg2://them:${encodeURIComponent(PASSWORD)}@${endpoint}/flow`,
  );
});

test("backups are left to those who run the database", async () => {
  await expect(deployedDatabase("preprod", project.folder)).rejects.toThrow(
    /is not of its environment: airflow:existing\.database .+ pg_dump .+ --no-backup/,
  );
});

test(
  "destroy leaves what existed already as it was",
  async () => {
    await stack.destroy();
    expect(await emulator.resources()).toEqual(theirs);
  },
  MINUTE,
);
