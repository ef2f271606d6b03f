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
