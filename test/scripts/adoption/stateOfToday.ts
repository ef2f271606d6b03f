import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../temporaryFolder";

type Attributes = Record<string, unknown>;

export const PROJECT = "11111111-1111-4111-8111-111111111111";
const region = "fr-par";

/** A resource of a state file, with one instance. */
export const resource = (module: string, type: string, name: string, attributes: Attributes) => ({
  module: `module.${module}`,
  mode: "managed",
  type: `scaleway_${type}`,
  name,
  provider: 'provider["registry.opentofu.org/scaleway/scaleway"]',
  instances: [{ schema_version: 0, attributes: { region, project_id: PROJECT, ...attributes } }],
});

const container = (role: string, attributes: Attributes = {}) =>
  resource("airflow_containers", "container", `airflow_${role}`, {
    id: `fr-par/container-${role}`,
    name: `lvao-airflow-${role}`,
    namespace_id: "fr-par/namespace",
    project_id: null,
    registry_image: `rg.fr-par.scw.cloud/ns-qfdmo/airflow-${role}:1`,
    private_network_id: null,
    ...attributes,
  });

const instance = (name: string, id: string) =>
  resource("database", "rdb_instance", name, {
    id: `fr-par/${id}`,
    name: `lvao-preprod-${name}`,
    user_name: "qfdmo",
    password: `password of ${name}`,
    private_network: [],
  });

const database = (instance: string, name: string) => [
  resource("database", "rdb_database", name, {
    id: `fr-par/${instance}/${name}`,
    instance_id: `fr-par/${instance}`,
    name,
  }),
  resource("database", "rdb_privilege", name, {
    id: `fr-par/${instance}/${name}/qfdmo`,
    instance_id: `fr-par/${instance}`,
    database_name: name,
    user_name: "qfdmo",
  }),
];

/** What OpenTofu knows of the platform as it runs today: one state for the web application, the warehouse and Airflow. */
export const stateOfToday = () => [
  resource("airflow_containers", "container_namespace", "main", {
    id: "fr-par/namespace",
    name: "lvao-preprod",
  }),
  container("webserver"),
  container("scheduler"),
  container("dag-processor"),
  instance("webapp", "instance-webapp"),
  instance("airflow", "instance-airflow"),
  ...database("instance-webapp", "webapp"),
  ...database("instance-airflow", "airflow"),
  resource("object_storage", "object_bucket", "webapp", {
    id: "fr-par/lvao-preprod-webapp",
    name: "lvao-preprod-webapp",
  }),
  resource("object_storage", "object_bucket", "airflow", {
    id: "fr-par/lvao-preprod-airflow",
    name: "lvao-preprod-airflow",
  }),
  resource("object_storage", "object_bucket_acl", "airflow", {
    id: "fr-par/lvao-preprod-airflow/private",
    bucket: "fr-par/lvao-preprod-airflow",
  }),
  resource("container_registry", "registry_namespace", "ns-qfdmo", {
    id: "fr-par/registry",
    name: "ns-qfdmo",
  }),
  { ...resource("data", "container", "other", {}), mode: "data" },
];

/** Writes a state file, or any other JSON; gives its path. */
export function stateFile(content: unknown): string {
  const file = join(temporaryFolder(), "state.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

/** A whole state file of these resources. */
export const state = (resources: object[]) => ({
  version: 4,
  terraform_version: "1.10.0",
  serial: 7,
  lineage: "b9c7f1b4",
  outputs: {},
  resources,
});
