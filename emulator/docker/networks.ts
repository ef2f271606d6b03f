import { networkInterfaces } from "node:os";
import type { Model } from "../model";
import { newId, now } from "../ids";
import type { DockerEngine } from "./engine";
import { freeAddress, freeSubnets, gatewayOf } from "./subnets";

const defaultId = "default";

/** The Docker networks: one for way in and out of every container, and one for each private network. */
export class Networks {
  private defaultSubnet = "";

  constructor(
    private readonly engine: DockerEngine,
    private readonly model: Model,
  ) {}

  /** The host's address on the default network: where containers find the edge and the resolver. */
  get gateway(): string {
    return gatewayOf(this.defaultSubnet);
  }

  /** The Docker network of a private network, or the default one. */
  nameOf(network: string = defaultId): string {
    return this.engine.name("net", network.slice(0, 8));
  }

  /** Finds the networks of before, or makes them again; the default one is made at the first start. */
  async open(): Promise<void> {
    this.defaultSubnet = await this.openDefault();
    for (const { id } of this.model.privateNetworks.list()) {
      const subnet = ipv4Subnet(this.model, id);
      if (!(await this.subnetOf(this.nameOf(id)))) await this.createPrivate(id, subnet);
    }
  }

  /** Removes the default network if nothing will come back to it. */
  async closeDefault(): Promise<void> {
    const { containers } = await this.engine.objects();
    if (containers.length === 0) await this.engine.removeNetwork(this.nameOf());
  }

  /** Creates the network of a private network on the asked subnet, or on a free one; gives its subnet. */
  async createPrivate(id: string, subnet?: string): Promise<string> {
    if (!subnet) return this.createAnywhere((free) => this.createPrivate(id, free));
    // Without an address on it, the machine itself is outside of it, too.
    const Options = { "com.docker.network.bridge.inhibit_ipv4": "true" };
    return this.create(id, subnet, { Internal: true, Options });
  }

  async removePrivate(id: string): Promise<void> {
    await this.engine.removeNetwork(this.nameOf(id));
  }

  /** Takes an address for a Docker container: the wanted one or the lowest free one. */
  takeAddress(holder: string, network: string = defaultId, wanted?: string): string {
    const taken = this.model.addresses.list((address) => address.network === network);
    const subnet = network === defaultId ? this.defaultSubnet : ipv4Subnet(this.model, network);
    const own = taken.find((address) => address.holder === holder);
    if (own) return own.address;
    const address =
      wanted ??
      freeAddress(
        subnet,
        taken.map(({ address }) => address),
      );
    this.model.addresses.put({ id: newId(), network, address, holder, created_at: now() });
    return address;
  }

  /** Gives back the addresses of a Docker container. */
  releaseAddresses(holder: string, network?: string): void {
    const held = this.model.addresses.list(
      (address) => address.holder === holder && (network ?? address.network) === address.network,
    );
    for (const { id } of held) this.model.addresses.remove(id);
  }

  /** The subnet of the default network, whose containers do not reach each other; the same as ever if it can be. */
  private async openDefault(): Promise<string> {
    const existing = await this.subnetOf(this.nameOf());
    if (existing) return existing;
    const create = (subnet: string) =>
      this.create(defaultId, subnet, {
        Options: { "com.docker.network.bridge.enable_icc": "false" },
      });
    const { default_subnet } = this.model.tenants.get("tenant");
    const again = default_subnet && (await create(default_subnet).catch(() => undefined));
    if (again) return again;
    const subnet = await this.createAnywhere(create);
    this.model.tenants.change("tenant", { default_subnet: subnet });
    return subnet;
  }

  /** Tries the free subnets in turn: another emulator may take one between the look and the creation. */
  private async createAnywhere(create: (subnet: string) => Promise<string>): Promise<string> {
    let reason: unknown = new Error("every subnet of 172.16.0.0/12 is taken");
    for (const subnet of freeSubnets(await this.takenSubnets()).slice(0, 20)) {
      try {
        return await create(subnet);
      } catch (error) {
        reason = error;
      }
    }
    throw reason;
  }

  private async create(id: string, subnet: string, options: object): Promise<string> {
    await this.engine.docker.createNetwork({
      Name: this.nameOf(id),
      Driver: "bridge",
      CheckDuplicate: true,
      Labels: this.engine.labels,
      IPAM: { Driver: "default", Config: [{ Subnet: subnet, Gateway: gatewayOf(subnet) }] },
      ...options,
    });
    return subnet;
  }

  private async takenSubnets(): Promise<string[]> {
    const networks = await this.engine.docker.listNetworks();
    const ofDocker = networks.flatMap(({ IPAM }) =>
      (IPAM?.Config ?? []).map((config) => config.Subnet ?? ""),
    );
    const ofHost = Object.values(networkInterfaces()).flatMap((addresses) =>
      (addresses ?? []).map(({ cidr }) => cidr ?? ""),
    );
    return [...ofDocker, ...ofHost].filter((cidr) => cidr.includes("."));
  }

  private async subnetOf(name: string): Promise<string | undefined> {
    const networks = await this.engine.docker.listNetworks({ filters: { name: [name] } });
    return networks.find(({ Name }) => Name === name)?.IPAM?.Config?.[0]?.Subnet;
  }
}

/** The IPv4 subnet of a private network. */
export function ipv4Subnet(model: Model, id: string): string {
  const subnets = model.privateNetworks.get(id).subnets.map(({ subnet }) => subnet);
  return subnets.find((subnet) => subnet.includes("."))!;
}
