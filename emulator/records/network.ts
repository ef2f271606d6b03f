import type { Regional } from "./common";

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
