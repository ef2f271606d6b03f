import type { Regional } from "./common";

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
