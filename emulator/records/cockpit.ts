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
