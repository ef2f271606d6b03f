export interface Bucket {
  /** The bucket's name. */
  id: string;
  region: string;
  project_id: string;
  created_at: string;
  /** The bodies that were put, by sub-resource. */
  configuration: Record<string, string>;
}
