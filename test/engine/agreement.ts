import { Stack } from "@pulumi/pulumi/automation";
import { Emulator } from "../../scripts/emulator";

const region = "fr-par";
/** Of these nothing exists apart: they are settings of a bucket and of a user. */
const withoutExistence = [
  "object/bucketAcl:BucketAcl",
  "databases/privilege:Privilege",
  ":BucketServerSideEncryptionConfiguration",
];
const lists: [path: string, key: string, prefix: string][] = [
  [`/vpc/v2/regions/${region}/private-networks`, "private_networks", `${region}/`],
  [`/containers/v1/regions/${region}/namespaces`, "namespaces", `${region}/`],
  [`/containers/v1/regions/${region}/containers`, "containers", `${region}/`],
  [`/registry/v1/regions/${region}/namespaces`, "namespaces", `${region}/`],
  [`/rdb/v1/regions/${region}/instances`, "instances", `${region}/`],
  ["/account/v3/projects", "projects", ""],
  ["/iam/v1alpha1/applications", "applications", ""],
  ["/iam/v1alpha1/policies", "policies", ""],
];

/** The ids of everything that the stack's state says exists at Scaleway. */
export async function recordedIds(stack: Stack): Promise<string[]> {
  const { deployment } = await stack.exportStack();
  const resources: { type: string; id: string }[] = deployment.resources ?? [];
  return resources
    .filter(({ type }) => type.startsWith("scaleway:"))
    .filter(({ type }) => !withoutExistence.some((each) => type.endsWith(each)))
    .map(({ id }) => id)
    .sort();
}

/** The ids of everything that exists in the emulator, as Pulumi would have them. */
export async function existingIds(emulator: Emulator): Promise<string[]> {
  const { api_keys, buckets } = (await emulator.resources()) as Record<string, string[]>;
  const ids = await Promise.all(
    lists.map(async ([path, key, prefix]) =>
      (await list(emulator, path, key)).map(({ id }) => prefix + id),
    ),
  );
  const instances = await list(emulator, `/rdb/v1/regions/${region}/instances`, "instances");
  const contents = await Promise.all(instances.map(({ id }) => contentIds(emulator, id)));
  const own = [...api_keys!, ...buckets!.map((name) => `${region}/${name}`)];
  const all = [...own, ...ids.flat(), ...contents.flat()];
  return all.filter((id) => id !== emulator.env.SCW_DEFAULT_PROJECT_ID).sort();
}

/** Databases and users of an instance, without those that it comes with. */
async function contentIds(emulator: Emulator, instance: string): Promise<string[]> {
  const base = `/rdb/v1/regions/${region}/instances/${instance}`;
  const databases = await list(emulator, `${base}/databases`, "databases");
  const users = await list(emulator, `${base}/users`, "users");
  return [...databases, ...users]
    .filter(({ name, is_admin }) => name !== "rdb" && !is_admin)
    .map(({ name }) => `${region}/${instance}/${name}`);
}

interface Listed {
  id: string;
  name: string;
  is_admin?: boolean;
}

async function list({ env }: Emulator, path: string, key: string): Promise<Listed[]> {
  const response = await fetch(`${env.SCW_API_URL}${path}`, {
    headers: { "X-Auth-Token": env.SCW_SECRET_KEY! },
  });
  return ((await response.json()) as Record<string, Listed[]>)[key] ?? [];
}
