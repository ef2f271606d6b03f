const privateRange = { first: toNumber("172.16.0.0"), last: toNumber("172.31.255.255") };
const prefixLength = 22;
const size = 2 ** (32 - prefixLength);

/** A range of addresses, such as 172.16.0.0/22. */
export interface Subnet {
  first: number;
  last: number;
}

/** The subnets of the size that Scaleway allots, within 172.16.0.0/12, that touch none of the taken ones. */
export function freeSubnets(taken: string[]): string[] {
  const ranges = taken.map(parseSubnet);
  const free: string[] = [];
  for (let first = privateRange.first; first < privateRange.last; first += size) {
    const candidate = { first, last: first + size - 1 };
    if (!ranges.some((range) => overlap(range, candidate))) {
      free.push(`${toText(first)}/${prefixLength}`);
    }
  }
  return free;
}

/** The addresses of a subnet in CIDR notation. */
export function parseSubnet(cidr: string): Subnet {
  const [address = "", length = "32"] = cidr.split("/");
  const count = 2 ** (32 - Number(length));
  const first = Math.floor(toNumber(address) / count) * count;
  return { first, last: first + count - 1 };
}

/** The host's own address in a network of ours. */
export const gatewayOf = (cidr: string): string => toText(parseSubnet(cidr).first + 1);

/** The lowest address of a subnet that is neither the gateway's nor taken. */
export function freeAddress(cidr: string, taken: string[]): string {
  const { first, last } = parseSubnet(cidr);
  for (let address = first + 2; address < last; address++) {
    if (!taken.includes(toText(address))) return toText(address);
  }
  throw new Error(`no address is left in ${cidr}`);
}

const overlap = (a: Subnet, b: Subnet) => a.first <= b.last && b.first <= a.last;

function toNumber(address: string): number {
  return address.split(".").reduce((number, part) => number * 256 + Number(part), 0);
}

function toText(number: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join(".");
}
