import type { Regional } from "./common";

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
