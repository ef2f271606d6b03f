import { randomInt } from "node:crypto";
import { inRegion } from "../../api/regions";
import { newId } from "../../ids";
import type { Model } from "../../model";
import type { DatabaseEndpoint } from "../../records";
import type { EndpointSpec } from "./instanceRules";

/** Where endpoints get their addresses. */
export interface AddressBook {
  /** The address of public endpoints. */
  readonly gateway: string;
  takeAddress(holder: string, network: string, wanted?: string): string;
  releaseAddresses(holder: string, network: string): void;
}

/** The private network of an endpoint that is in one. */
export const networkOf = ({ private_network }: DatabaseEndpoint): string | undefined =>
  private_network?.private_network_id;

/** Makes an endpoint; one in a private network takes its address there for `holder`. */
export function newEndpoint(
  model: Model,
  addresses: AddressBook,
  region: string,
  holder: string,
  { private_network: asked }: EndpointSpec,
): DatabaseEndpoint {
  if (!asked) {
    const port = randomInt(10_000, 30_000);
    return { id: newId(), ip: addresses.gateway, port, name: null, load_balancer: {} };
  }
  const network = inRegion(model.privateNetworks, region, asked.private_network_id);
  const [, prefixLength] = (network.subnets[0]?.subnet ?? "").split("/");
  const ip = addresses.takeAddress(holder, network.id, asked.service_ip?.split("/")[0]);
  return {
    id: newId(),
    ip,
    port: 5432,
    name: null,
    private_network: {
      private_network_id: network.id,
      provisioning_mode: asked.service_ip ? "static" : "ipam",
      service_ip: asked.service_ip ?? `${ip}/${prefixLength}`,
      zone: `${region}-1`,
    },
  };
}
