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

/** A port that stays the same over restarts. */
export interface Port {
  id: string;
  port: number;
}
