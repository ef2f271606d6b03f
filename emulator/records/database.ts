import type { Permission } from "../postgres/privileges";
import type { Regional } from "./common";

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
