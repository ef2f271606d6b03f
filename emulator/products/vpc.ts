import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Model } from "../model";
import type { PrivateNetwork, Subnet, Vpc } from "../records";
import { newId, now } from "../ids";
import { parseBody, tags, withoutUndefined } from "../api/body";
import { stillInUse } from "../api/errors";
import { listed } from "../api/lists";
import { regionOf, regionalRecord } from "../api/regions";
import { newRegional, regionalFields } from "./regional";

/** What private networks need of the machine. */
export interface PrivateNetworkHost {
  createPrivate(id: string, subnet?: string): Promise<string>;
  removePrivate(id: string): Promise<void>;
}

const base = "/vpc/v2/regions/:region";
const newVpc = z.object({ ...regionalFields, enable_transitivity: z.boolean().optional() });
const newPrivateNetwork = z.object({
  ...regionalFields,
  subnets: z.array(z.string().regex(/^[\da-f.:]+\/\d+$/i)).optional(),
  vpc_id: z.string().optional(),
  default_route_propagation_enabled: z.boolean().optional(),
});
const changes = z.object({
  name: z.string().optional(),
  tags: tags.optional(),
  default_route_propagation_enabled: z.boolean().optional(),
});

/** VPCs, which are records only, and private networks, each of which is a network of the machine. */
export function vpcRoutes(
  model: Model,
  host: PrivateNetworkHost,
  /** Waits for what is leaving the private network. */
  departures: (privateNetwork: string) => Promise<void>,
) {
  return (app: FastifyInstance): void => {
    vpcs(app, model);
    privateNetworks(app, model, host, departures);
  };
}

function vpcs(app: FastifyInstance, model: Model): void {
  const wire = (vpc: Vpc) => ({
    ...vpc,
    private_network_count: model.privateNetworks.list(({ vpc_id }) => vpc_id === vpc.id).length,
  });
  const find = (request: FastifyRequest) => regionalRecord(model.vpcs, request);

  app.post(`${base}/vpcs`, async (request) => {
    const { enable_transitivity, ...fields } = parseBody(newVpc, request.body);
    return wire(
      createVpc(model, regionOf(request), {
        ...fields,
        transitivity_enabled: enable_transitivity ?? false,
      }),
    );
  });
  app.get(`${base}/vpcs`, async (request) => {
    const all = model.vpcs.list(({ region }) => region === regionOf(request)).map(wire);
    return listed("vpcs", all, request.query, ["name", "project_id", "is_default"]);
  });
  app.get(`${base}/vpcs/:id`, async (request) => wire(find(request)));
  app.patch(`${base}/vpcs/:id`, async (request) => {
    const fields = withoutUndefined(parseBody(changes, request.body));
    return wire(model.vpcs.change(find(request).id, { ...fields, updated_at: now() }));
  });
  app.post(`${base}/vpcs/:id/enable-routing`, async (request) => wire(find(request)));
  app.post(`${base}/vpcs/:id/enable-custom-routes-propagation`, async (request) =>
    wire(
      model.vpcs.change(find(request).id, {
        custom_routes_propagation_enabled: true,
        updated_at: now(),
      }),
    ),
  );
  app.delete(`${base}/vpcs/:id`, async (request, reply) => {
    const vpc = wire(find(request));
    if (vpc.private_network_count > 0) throw stillInUse("the VPC has private networks");
    model.vpcs.remove(vpc.id);
    return reply.code(204).send();
  });
}

function privateNetworks(
  app: FastifyInstance,
  model: Model,
  host: PrivateNetworkHost,
  departures: (privateNetwork: string) => Promise<void>,
): void {
  const find = (request: FastifyRequest) => regionalRecord(model.privateNetworks, request);

  app.post(`${base}/private-networks`, async (request) => {
    const { subnets = [], vpc_id, ...fields } = parseBody(newPrivateNetwork, request.body);
    const region = regionOf(request);
    const vpc = vpc_id ? model.vpcs.get(vpc_id) : defaultVpc(model, region);
    const network = newRegional(model, region, "pn", fields);
    const asked = (family: string) => subnets.find((subnet) => subnet.includes(family));
    const cidrs = [
      await host.createPrivate(network.id, asked(".")),
      asked(":") ?? randomIpv6Subnet(),
    ];
    const record: PrivateNetwork = {
      ...network,
      subnets: cidrs.map((cidr) => newSubnet(cidr, network, vpc.id)),
      vpc_id: vpc.id,
      dhcp_enabled: true,
      default_route_propagation_enabled: fields.default_route_propagation_enabled ?? false,
    };
    return model.privateNetworks.put(record);
  });
  app.get(`${base}/private-networks`, async (request) => {
    const all = model.privateNetworks.list(({ region }) => region === regionOf(request));
    return listed("private_networks", all, request.query, ["name", "project_id", "vpc_id"]);
  });
  app.get(`${base}/private-networks/:id`, async (request) => find(request));
  app.patch(`${base}/private-networks/:id`, async (request) => {
    const fields = withoutUndefined(parseBody(changes, request.body));
    return model.privateNetworks.change(find(request).id, { ...fields, updated_at: now() });
  });
  app.delete(`${base}/private-networks/:id`, async (request, reply) => {
    const { id } = find(request);
    await departures(id);
    if (model.addresses.list(({ network }) => network === id).length > 0) {
      throw stillInUse("the private network has resources attached to it");
    }
    await host.removePrivate(id);
    model.privateNetworks.remove(id);
    return reply.code(204).send();
  });
}

function createVpc(
  model: Model,
  region: string,
  fields: Partial<
    Pick<Vpc, "name" | "project_id" | "tags" | "is_default" | "transitivity_enabled">
  >,
): Vpc {
  return model.vpcs.put({
    ...newRegional(model, region, "vpc", fields),
    is_default: fields.is_default ?? false,
    routing_enabled: true,
    custom_routes_propagation_enabled: true,
    transitivity_enabled: fields.transitivity_enabled ?? false,
  });
}

function defaultVpc(model: Model, region: string): Vpc {
  const existing = model.vpcs.list((vpc) => vpc.is_default && vpc.region === region)[0];
  return existing ?? createVpc(model, region, { name: "default", is_default: true });
}

function newSubnet(
  subnet: string,
  network: { id: string; project_id: string; created_at: string },
  vpc_id: string,
): Subnet {
  return {
    id: newId(),
    created_at: network.created_at,
    updated_at: network.created_at,
    subnet,
    project_id: network.project_id,
    private_network_id: network.id,
    vpc_id,
  };
}

function randomIpv6Subnet(): string {
  const groups = randomBytes(7)
    .toString("hex")
    .match(/.{2,4}/g) as string[];
  return `fd${groups[3]}:${groups.slice(0, 3).join(":")}::/64`;
}
