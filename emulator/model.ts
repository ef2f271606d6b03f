import { newAccessKey, newId, now } from "./ids";
import type {
  Address,
  ApiKey,
  Application,
  Backup,
  Bucket,
  CockpitToken,
  Container,
  ContainerNamespace,
  DatabaseInstance,
  ManagedSecret,
  Policy,
  Port,
  PrivateNetwork,
  Privilege,
  Project,
  RegistryNamespace,
  Revision,
  SecretVersion,
  Secrets,
  Tenant,
  Vpc,
} from "./records";
import type { Collection, Store } from "./store";

/** Every kind of record, typed. */
export interface Model {
  tenants: Collection<Tenant>;
  /** The only tenant, as it was at the opening. */
  tenant: Tenant;
  ports: Collection<Port>;
  projects: Collection<Project>;
  containerNamespaces: Collection<ContainerNamespace>;
  containers: Collection<Container>;
  secrets: Collection<Secrets>;
  revisions: Collection<Revision>;
  registryNamespaces: Collection<RegistryNamespace>;
  applications: Collection<Application>;
  policies: Collection<Policy>;
  apiKeys: Collection<ApiKey>;
  vpcs: Collection<Vpc>;
  privateNetworks: Collection<PrivateNetwork>;
  addresses: Collection<Address>;
  databaseInstances: Collection<DatabaseInstance>;
  privileges: Collection<Privilege>;
  managedSecrets: Collection<ManagedSecret>;
  secretVersions: Collection<SecretVersion>;
  backups: Collection<Backup>;
  buckets: Collection<Bucket>;
  cockpitTokens: Collection<CockpitToken>;
}

/** Opens the records of a store; the tenant and its API key are made at the first opening. */
export function openModel(store: Store): Model {
  const apiKeys = store.collection<ApiKey>("api_keys", "access_key");
  const tenants = store.collection<Tenant>("tenants", "tenant");
  const projects = store.collection<Project>("projects", "project");
  const tenant = tenants.find("tenant") ?? tenants.put(newTenant(apiKeys));
  if (!projects.find(tenant.project_id)) projects.put(defaultProject(tenant));
  return {
    tenants,
    tenant,
    projects,
    ports: store.collection("ports", "port"),
    containerNamespaces: store.collection("container_namespaces", "namespace"),
    containers: store.collection("containers", "container"),
    secrets: store.collection("secrets", "secret"),
    revisions: store.collection("revisions", "revision"),
    registryNamespaces: store.collection("registry_namespaces", "namespace"),
    applications: store.collection("applications", "application"),
    policies: store.collection("policies", "policy"),
    apiKeys,
    vpcs: store.collection("vpcs", "vpc"),
    privateNetworks: store.collection("private_networks", "private_network"),
    addresses: store.collection("addresses", "ip"),
    databaseInstances: store.collection("database_instances", "instance"),
    privileges: store.collection("privileges", "privilege"),
    managedSecrets: store.collection("managed_secrets", "secret"),
    secretVersions: store.collection("secret_versions", "secret_version"),
    backups: store.collection("database_backups", "database_backup"),
    buckets: store.collection("buckets", "bucket"),
    cockpitTokens: store.collection("cockpit_tokens", "token"),
  };
}

function defaultProject({ project_id, organization_id }: Tenant): Project {
  const made = { created_at: now(), updated_at: now() };
  return { id: project_id, organization_id, name: "default", description: "", ...made };
}

function newTenant(apiKeys: Collection<ApiKey>): Tenant {
  const project_id = newId(); // a default project has the id of its organization
  const user_id = newId();
  const key = apiKeys.put({
    id: newAccessKey(),
    secret_key: newId(),
    description: "deployer",
    created_at: now(),
    updated_at: now(),
    expires_at: null,
    default_project_id: project_id,
    user_id,
  });
  return {
    id: "tenant",
    instance: newId().slice(0, 8),
    organization_id: project_id,
    project_id,
    user_id,
    access_key: key.id,
  };
}
