import type { FastifyInstance } from "fastify";
import type { Model } from "../model";
import type { DatabaseInstance } from "../records";
import { idOf } from "../ids";
import { omit } from "../omit";
import { listed } from "../api/lists";
import { regionOf } from "../api/regions";

/** IPAM, as far as databases are concerned: the addresses of their private endpoints. */
export function ipamRoutes(model: Model) {
  return (app: FastifyInstance): void => {
    app.get("/ipam/v1/regions/:region/ips", async (request) => {
      const { private_network_id, resource_id, resource_type, resource_name, ...query } =
        request.query as Record<string, string | undefined>;
      const instances = model.databaseInstances.list(
        ({ id, name, region }) =>
          region === regionOf(request) &&
          (!resource_id || id === resource_id) &&
          (!resource_name || name === resource_name) &&
          (!resource_type || ["rdb_instance", "unknown_type"].includes(resource_type)),
      );
      const ips = instances
        .flatMap((instance) => addressesOf(model, instance))
        .filter((ip) => !private_network_id || ip.network === private_network_id)
        .map((ip) => omit(ip, "network"));
      return listed("ips", ips, query, ["project_id", "is_ipv6"]);
    });
  };
}

function addressesOf(model: Model, instance: DatabaseInstance) {
  return instance.endpoints.flatMap(({ id, private_network }) => {
    if (private_network?.provisioning_mode !== "ipam") return [];
    const network = private_network.private_network_id;
    const subnet = model.privateNetworks.get(network).subnets[0];
    const ip = {
      id: idOf(id),
      network,
      address: private_network.service_ip,
      created_at: instance.created_at,
      updated_at: instance.created_at,
      is_ipv6: false,
      project_id: instance.project_id,
      region: instance.region,
      resource: {
        id: instance.id,
        mac_address: macAddress(private_network.service_ip),
        name: instance.name,
        type: "rdb_instance",
      },
      reverses: [],
      source: { subnet_id: subnet?.id },
      tags: ["managed"],
      zone: null,
    };
    return [ip];
  });
}

/** The hardware address that Docker gives to the holder of an address. */
function macAddress(serviceIp: string): string {
  const parts = serviceIp.replace(/\/.*/, "").split(".");
  const hex = parts.map((part) => Number(part).toString(16).padStart(2, "0").toUpperCase());
  return `02:42:${hex.join(":")}`;
}
