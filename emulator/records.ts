import type { Permission } from "./postgres/privileges";

/** What every regional resource has. */
export interface Regional {
  id: string;
  region: string;
  name: string;
  project_id: string;
  organization_id: string;
  tags: string[];
  created_at: string;
  updated_at: string;
}

/** The emulator's own identity and its only tenant. */
export interface Tenant {
  id: "tenant";
  /** Marks every Docker object of this emulator. */
  instance: string;
  organization_id: string;
  project_id: string;
  user_id: string;
  access_key: string;
  /** Of the Docker network that all containers are on. */
  default_subnet?: string;
}

/** What resources are grouped by, and what rules of IAM are about. */
export interface Project {
  id: string;
  organization_id: string;
  name: string;
  description: string;
  created_at: string;
  updated_at: string;
}

/** A port that stays the same over restarts. */
export interface Port {
  id: string;
  port: number;
}

export interface ContainerNamespace extends Regional {
  description: string;
  status: string;
  error_message?: string;
  environment_variables: Record<string, string>;
  secret_environment_variables: Record<string, string>;
}

export interface Probe {
  failure_threshold: number;
  interval: string;
  timeout: string;
  http?: { path: string };
  tcp?: Record<string, never>;
}

export interface Container {
  id: string;
  name: string;
  namespace_id: string;
  description: string;
  status: string;
  error_message?: string;
  created_at: string;
  updated_at: string;
  min_scale: number;
  max_scale: number;
  memory_limit_bytes: number;
  mvcpu_limit: number;
  timeout: string;
  privacy: string;
  image: string;
  protocol: string;
  port: number;
  https_connections_only: boolean;
  sandbox: string;
  local_storage_limit_bytes: number;
  scaling_option: Record<string, number>;
  tags: string[];
  private_network_id?: string;
  command: string[];
  args: string[];
  environment_variables: Record<string, string>;
  public_endpoint: string;
  liveness_probe: Probe;
  startup_probe: Probe | null;
  /** Hashes; the values are in `secrets`. */
  secret_environment_variables: Record<string, string>;
  region: string;
}

/** The secret values of a container or a namespace. */
export interface Secrets {
  id: string;
  values: Record<string, string>;
}

/** The Docker container that serves a container, by the container's id. */
export interface Revision {
  id: string;
  docker_name: string;
  /** Its address on the emulator's default network. */
  address: string;
  port: number;
  liveness_probe: Probe;
}

export interface RegistryNamespace extends Omit<Regional, "tags"> {
  description: string;
  status: string;
  status_message: string;
  endpoint: string;
  is_public: boolean;
}

export interface Application {
  id: string;
  name: string;
  description: string;
  created_at: string;
  updated_at: string;
  organization_id: string;
  editable: boolean;
  deletable: boolean;
  managed: boolean;
  tags: string[];
}

export interface Rule {
  id: string;
  permission_set_names: string[];
  permission_sets_scope_type: string;
  condition: string;
  project_ids?: string[];
  organization_id?: string;
}

export interface Policy extends Application {
  rules: Rule[];
  user_id?: string;
  group_id?: string;
  application_id?: string;
  no_principal?: boolean;
}

export interface ApiKey {
  /** The access key. */
  id: string;
  secret_key: string;
  description: string;
  created_at: string;
  updated_at: string;
  expires_at: string | null;
  default_project_id: string;
  application_id?: string;
  user_id?: string;
}

export interface Vpc extends Regional {
  is_default: boolean;
  routing_enabled: boolean;
  custom_routes_propagation_enabled: boolean;
  transitivity_enabled: boolean;
}

export interface Subnet {
  id: string;
  created_at: string;
  updated_at: string;
  subnet: string;
  project_id: string;
  private_network_id: string;
  vpc_id: string;
}

export interface PrivateNetwork extends Regional {
  subnets: Subnet[];
  vpc_id: string;
  dhcp_enabled: boolean;
  default_route_propagation_enabled: boolean;
}

/** An address taken on a private network or on the default network. */
export interface Address {
  id: string;
  /** Id of the private network, or "default". */
  network: string;
  address: string;
  /** Name of the Docker container that has it. */
  holder: string;
  created_at: string;
}

export interface Setting {
  name: string;
  value: string;
}

export interface DatabaseEndpoint {
  id: string;
  ip: string;
  port: number;
  name: null;
  load_balancer?: Record<string, never>;
  private_network?: {
    private_network_id: string;
    provisioning_mode: "ipam" | "static";
    service_ip: string;
    zone: string;
  };
}

export interface AclRule {
  ip: string;
  description: string;
}

export interface DatabaseInstance extends Omit<Regional, "updated_at"> {
  status: string;
  engine: string;
  node_type: string;
  is_ha_cluster: boolean;
  endpoints: DatabaseEndpoint[];
  settings: Setting[];
  init_settings: Setting[];
  backup_schedule: {
    disabled: boolean;
    frequency: number;
    retention: number;
    next_run_at: string | null;
  };
  backup_same_region: boolean;
  logs_policy: { max_age_retention: number | null; total_disk_retention: number | null };
  encryption: { enabled: boolean };
  volume: { type: string; class: string; size: number };
  /** Not answered with the instance: it has calls of its own. */
  acl: AclRule[];
  certificate: string;
  certificate_key: string;
}

/** A logical backup of one database. */
export interface Backup {
  id: string;
  instance_id: string;
  database_name: string;
  name: string;
  status: string;
  size: number | null;
  expires_at: string | null;
  created_at: string;
  updated_at: string | null;
  instance_name: string;
  region: string;
  same_region: boolean;
  /** Not answered. */
  project_id: string;
}

/** The permission that was asked for, by instance, database and user. */
export interface Privilege {
  id: string;
  permission: Permission;
}

/** A secret of Secret Manager. */
export interface ManagedSecret extends Regional {
  status: string;
  description: string;
  managed: boolean;
  type: string;
  protected: boolean;
  /** The folder that it is in, `/` for none. */
  path: string;
  ephemeral_policy: {
    time_to_live?: string;
    expires_once_accessed?: boolean;
    action: string;
  } | null;
  used_by: string[];
  deletion_requested_at: string | null;
  key_id: null;
}

export interface SecretVersion {
  /** The secret's id and the revision. */
  id: string;
  revision: number;
  secret_id: string;
  status: string;
  created_at: string;
  updated_at: string;
  deleted_at: null;
  description: string;
  ephemeral_properties: null;
  deletion_requested_at: string | null;
  region: string;
  /** Base64; not answered with the version. */
  data: string;
}

export interface Bucket {
  /** The bucket's name. */
  id: string;
  region: string;
  project_id: string;
  created_at: string;
  /** The bodies that were put, by sub-resource. */
  configuration: Record<string, string>;
}

/** A token of Cockpit; what it may do is in its scopes. */
export interface CockpitToken {
  id: string;
  project_id: string;
  name: string;
  scopes: string[];
  secret_key: string;
  created_at: string;
  updated_at: string;
  region: string;
}
