import * as pulumi from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";
import { ScalewayApi } from "./scalewayApi";

/** The inputs of a resource, all of them known. */
export type Inputs = Readonly<Record<string, unknown>>;

/** Something that exists. */
export interface Existing {
  /** The id under which Pulumi knows it. */
  readonly id: string;
  /** The id to import it by, where that is another one. */
  readonly importId?: string;
  readonly name?: string;
  readonly description?: string;
  readonly tags?: string[] | Record<string, string>;
}

/** How to find what may exist of one type. */
export interface Lookup {
  list(api: ScalewayApi, inputs: Inputs, options: pulumi.InvokeOptions): Promise<Existing[]>;
  /** The id of what is inside another resource of the stack: that makes it the stack's own, and there is but one. */
  idInside?(inputs: Inputs): string;
  /** The id of what may hold it: where the stack made that for it alone, it is the stack's own without a mark, too. */
  holder?(inputs: Inputs): unknown;
}

/** The lookup of each type whose creation may leave something behind. */
export const lookups: Readonly<Record<string, Lookup>> = {
  "scaleway:network/privateNetwork:PrivateNetwork": ofProject("vpc/v2", "private-networks"),
  "scaleway:containers/namespace:Namespace": ofProject("containers/v1", "namespaces"),
  "scaleway:containers/container:Container": ofProject("containers/v1", "containers"),
  "scaleway:databases/instance:Instance": ofProject("rdb/v1", "instances"),
  "scaleway:databases/database:Database": ofInstance("databases"),
  "scaleway:databases/user:User": ofInstance("users"),
  "scaleway:registry/namespace:Namespace": ofProject("registry/v1", "namespaces"),
  "scaleway:account/project:Project": ofOrganization("account/v3", "projects"),
  "scaleway:iam/application:Application": ofOrganization("iam/v1alpha1", "applications"),
  "scaleway:iam/policy:Policy": ofOrganization("iam/v1alpha1", "policies"),
  "scaleway:object/bucket:Bucket": {
    // A bucket gets its mark after it was created, and an update may be interrupted in between.
    holder: ({ projectId }) => projectId,
    list: (_, inputs, options) => bucket(inputs, options),
  },
};

function ofProject(product: string, kind: string): Lookup {
  return {
    list: async (api, { region = api.account.region, projectId, namespaceId }) => {
      const path = `/${product}/regions/${String(region)}/${kind}`;
      const all = await api.list<Existing>(path, kind.replace("-", "_"), {
        project_id: String(projectId ?? api.account.projectId),
        ...(namespaceId !== undefined && { namespace_id: uuidOf(namespaceId) }),
      });
      return all.map((each) => ({ ...each, id: `${String(region)}/${each.id}` }));
    },
  };
}

function ofInstance(kind: string): Lookup {
  const idInside = ({ instanceId, name }: Inputs) => `${String(instanceId)}/${String(name)}`;
  return {
    idInside,
    list: async (api, { instanceId }) => {
      const [region] = String(instanceId).split("/");
      const path = `/rdb/v1/regions/${region}/instances/${uuidOf(instanceId)}/${kind}`;
      const all = await api.list<{ name: string }>(path, kind, {});
      return all.map(({ name }) => ({ name, id: idInside({ instanceId, name }) }));
    },
  };
}

function ofOrganization(product: string, kind: string): Lookup {
  return {
    list: (api) =>
      api.list(`/${product}/${kind}`, kind, { organization_id: api.account.organizationId }),
  };
}

/**
 * Only the provider can ask the object storage; it fails where there is no such bucket or where it is not ours. It
 * imports a bucket from the provider's own project unless the id names another.
 */
async function bucket(
  { name, region, projectId }: Inputs,
  options: pulumi.InvokeOptions,
): Promise<Existing[]> {
  const args = { name, region, projectId } as scaleway.object.GetBucketArgs;
  return scaleway.object.getBucket(args, options).then(
    (found) => [
      projectId === undefined ? found : { ...found, importId: `${found.id}@${String(projectId)}` },
    ],
    () => [],
  );
}

/** The last part of an id such as `fr-par/11111111-…`. */
const uuidOf = (id: unknown) => String(id).split("/").pop()!;
