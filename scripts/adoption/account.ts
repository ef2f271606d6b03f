import { ScalewayApi } from "../scalewayApi";
import { Found, Refused } from "./found";
import { refusal } from "../refusal";

interface Named {
  readonly id: string;
  readonly name: string;
  readonly project_id?: string;
}
interface Container extends Named {
  readonly namespace_id: string;
  readonly image: string;
  readonly private_network_id?: string;
}
interface Instance extends Named {
  readonly endpoints: { readonly private_network?: { readonly private_network_id: string } }[];
}
interface Privilege {
  readonly user_name: string;
  readonly database_name: string;
  readonly permission: string;
}

/** Databases and users that Scaleway keeps in every instance for itself. */
const ITS_OWN = /^(rdb|postgres|_rdb_superadmin)$/;

/** Everything in a project that can be taken over, as Scaleway's API lists it. Buckets are asked for by name only. */
export async function readAccount(
  api: ScalewayApi,
  { project, region, bucket }: { project: string; region: string; bucket: string },
): Promise<Found[]> {
  const list = <T>(product: string, kind: string, key: string) =>
    api.list<T>(`/${product}/regions/${region}/${kind}`, key, { project_id: project });
  const address = "the API";
  const base = { address, project };
  const [namespaces, containers, registries, networks, instances] = await Promise.all([
    list<Named>("containers/v1", "namespaces", "namespaces"),
    list<Container>("containers/v1", "containers", "containers"),
    list<Named>("registry/v1", "namespaces", "namespaces"),
    list<Named>("vpc/v2", "private-networks", "private_networks"),
    list<Instance>("rdb/v1", "instances", "instances"),
  ]);
  if (containers.length === 0) throw new Refused([noContainer(project)]);
  const regional = (id: string) => `${region}/${id}`;
  const named = (kind: Found["kind"], all: Named[]): Found[] =>
    all.map(({ id, name }) => ({ ...base, kind, id: regional(id), name }));
  const inside = await Promise.all(
    instances.map(({ id }) => readInstance(api, `/rdb/v1/regions/${region}/instances/${id}`)),
  );
  return [
    ...named("namespace", namespaces),
    ...named("registry", registries),
    ...named("network", networks),
    ...containers.map(({ id, name, namespace_id, image, private_network_id }): Found => ({
      ...base,
      kind: "container",
      id: regional(id),
      name,
      image,
      inside: regional(namespace_id),
      networks: private_network_id ? [regional(private_network_id)] : [],
    })),
    ...instances.map(({ id, name, endpoints }, index): Found => ({
      ...base,
      kind: "instance",
      id: regional(id),
      name,
      user: inside[index]!.administrator,
      networks: endpoints.flatMap(({ private_network: network }) =>
        network ? [regional(network.private_network_id)] : [],
      ),
    })),
    ...instances.flatMap(({ id }, index) =>
      inside[index]!.found.map((found) => ({ ...base, ...found, inside: regional(id) })).map(
        (found) => ({ ...found, id: [regional(id), found.id].filter(Boolean).join("/") }),
      ),
    ),
    { ...base, kind: "bucket", id: `${region}/${bucket}`, name: bucket },
    {
      ...base,
      kind: "bucketAcl",
      id: `${region}/${bucket}/private`,
      name: bucket,
      inside: `${region}/${bucket}`,
    },
  ];
}

type Inner = Pick<Found, "kind" | "id" | "name" | "user" | "database" | "ranges">;

/** What is in an instance; ids are those inside of it. */
async function readInstance(
  api: ScalewayApi,
  path: string,
): Promise<{ found: Inner[]; administrator?: string }> {
  const [databases, users, privileges, rules] = await Promise.all([
    api.list<Named>(`${path}/databases`, "databases"),
    api.list<{ name: string; is_admin: boolean }>(`${path}/users`, "users"),
    api.list<Privilege>(`${path}/privileges`, "privileges"),
    api.list<{ ip: string }>(`${path}/acls`, "rules"),
  ]);
  const own = ({ name }: { name: string }) => !ITS_OWN.test(name);
  const found: Inner[] = [
    ...databases.filter(own).map(({ name }): Inner => ({ kind: "database", id: name, name })),
    ...users.filter(own).map(({ name }): Inner => ({ kind: "user", id: name, name, user: name })),
    ...privileges
      .filter(({ permission }) => permission === "all" || permission === "custom")
      .map(({ user_name: user, database_name: database }): Inner => ({
        kind: "privilege",
        id: `${database}/${user}`,
        name: `${user} on ${database}`,
        user,
        database,
      })),
    { kind: "allowList", id: "", name: "of the instance", ranges: rules.map(({ ip }) => ip) },
  ];
  return { found, administrator: users.filter(own).find(({ is_admin }) => is_admin)?.name };
}

const noContainer = (project: string) =>
  refusal`The project ${project} has no containers in this region. Name another one in SCW_DEFAULT_PROJECT_ID or SCW_DEFAULT_REGION, or give the state file of Terraform or OpenTofu with --state.`;
