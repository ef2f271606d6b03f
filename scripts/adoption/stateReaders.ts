import { Found, uuidOf } from "./found";

type Attributes = Readonly<Record<string, unknown>>;
type Reader = (attributes: Attributes) => Omit<Found, "address">;

/** How each type of a state's resources is read. */
export const readers: Readonly<Record<string, Reader>> = {
  scaleway_container_namespace: named("namespace"),
  scaleway_container: (it) => ({
    ...named("container")(it),
    inside: text(it.namespace_id),
    image: text(it.image) || text(it.registry_image),
    networks: texts([it.private_network_id]),
  }),
  scaleway_rdb_instance: (it) => ({
    ...named("instance")(it),
    networks: nested(it.private_network).flatMap(({ pn_id }) => texts([pn_id])),
    user: text(it.user_name),
    password: text(it.password) || undefined,
  }),
  scaleway_rdb_database: insideInstance("database"),
  scaleway_rdb_user: (it) => ({ ...insideInstance("user")(it), user: text(it.name) }),
  scaleway_rdb_privilege: (it) => ({
    ...insideInstance("privilege")({ ...it, name: it.user_name }),
    id: `${text(it.instance_id)}/${text(it.database_name)}/${text(it.user_name)}`,
    name: `${text(it.user_name)} on ${text(it.database_name)}`,
    user: text(it.user_name),
    database: text(it.database_name),
  }),
  scaleway_rdb_acl: (it) => ({
    ...named("allowList")(it),
    id: text(it.instance_id),
    inside: text(it.instance_id),
    name: `of ${uuidOf(text(it.instance_id))}`,
    ranges: nested(it.acl_rules).flatMap(({ ip }) => texts([ip])),
  }),
  scaleway_object_bucket: named("bucket"),
  scaleway_object_bucket_acl: (it) => ({
    ...named("bucketAcl")(it),
    name: uuidOf(text(it.bucket)),
    inside: text(it.id).split("/").slice(0, 2).join("/"),
  }),
  scaleway_registry_namespace: named("registry"),
  scaleway_vpc_private_network: named("network"),
};

function named(kind: Found["kind"]): Reader {
  return ({ id, name, project_id }) => ({
    kind,
    id: text(id),
    name: text(name),
    project: text(project_id) || undefined,
  });
}

/** An instance is called by its full id, whatever the state says of it. */
function insideInstance(kind: Found["kind"]): Reader {
  return ({ instance_id, name }) => ({
    kind,
    id: `${text(instance_id)}/${text(name)}`,
    name: text(name),
    inside: text(instance_id),
  });
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const texts = (values: unknown[]): string[] => values.map(text).filter((value) => value !== "");
const nested = (value: unknown): Attributes[] => (Array.isArray(value) ? value : []);
