import { isIPv4 } from "node:net";
import { Finding } from "../../problem";
import { outside, Range } from "./range";

const VOLUME: Range = { least: 5, most: 10_000, unit: "GB" };
const VOLUME_STEP = 5;
const RETENTION: Range = { least: 1, most: 365, unit: "days" };
const SMALLEST_NODE = "DB-PLAY2-NANO";
const PASSWORD: Range = { least: 8, most: 128, unit: "characters" };
const PASSWORD_CLASSES = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/];

/** The size of a database's volume, in GB. */
export function checkVolume(size: number): Finding | undefined {
  if (size % VOLUME_STEP === 0) return outside(size, VOLUME);
  const up = Math.ceil(size / VOLUME_STEP) * VOLUME_STEP;
  return {
    message: `${size} GB is not a multiple of ${VOLUME_STEP}; allowed: ${VOLUME.least} to ${VOLUME.most} GB in steps of ${VOLUME_STEP}`,
    fix: String(Math.min(VOLUME.most, up)),
  };
}

/** For how many days a backup is kept. */
export const checkRetention = (days: number): Finding | undefined => outside(days, RETENTION);

/** The form of a node type; which ones there are changes too often to be known here. */
export function checkNodeType(nodeType: string): Finding | undefined {
  if (/^db-[a-z0-9]+(-[a-z0-9]+)+$/i.test(nodeType)) return undefined;
  return {
    message: `${JSON.stringify(nodeType.slice(0, 60))} is not a type of database node; allowed: Scaleway's types, such as ${SMALLEST_NODE} or DB-PRO2-XXS`,
    fix: SMALLEST_NODE,
  };
}

/** Addresses that may reach a public endpoint: an IPv4 network in CIDR notation that is not half the internet. */
export function checkAddressRange(range: string): Finding | undefined {
  const [address = "", prefix = ""] = range.split("/");
  if (!isIPv4(address) || !/^\d{1,2}$/.test(prefix) || Number(prefix) > 32) {
    return {
      message: `${JSON.stringify(range.slice(0, 60))} is not a range of IPv4 addresses in CIDR notation; allowed: such as 203.0.113.7/32 for one address, 203.0.113.0/24 for 256`,
      fix: isIPv4(range) ? `${range}/32` : undefined,
    };
  }
  const length = Number(prefix);
  if (length < WIDEST_PREFIX) {
    return {
      message: `${range} holds ${2 ** (32 - length)} addresses, which is no list of whom you know; allowed: ranges from /${WIDEST_PREFIX} to /32. Name the addresses that you connect from, or leave it out to keep the database private`,
    };
  }
  const network = networkOf(address, length);
  if (network === address) return undefined;
  return {
    message: `${range} names an address inside a range, not the range`,
    fix: `${network}/${prefix}`,
  };
}

const WIDEST_PREFIX = 8;

function networkOf(address: string, length: number): string {
  const bits = address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
  const first = bits - (bits % 2 ** (32 - length));
  return [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".");
}

/** Whom a public endpoint lets in: at least one range, each once. */
export function checkAllowList(ranges: readonly string[]): Finding | undefined {
  if (ranges.length === 0) {
    return { message: "lets nobody in; leave it out to keep the database private" };
  }
  const twice = ranges.find((range, index) => ranges.indexOf(range) !== index);
  return twice === undefined ? undefined : { message: `has ${twice} twice; keep one of them` };
}

/** A database user's password; none of it is in the message. */
export function checkPassword(password: string): Finding | undefined {
  const long = outside(password.length, PASSWORD) === undefined;
  if (long && PASSWORD_CLASSES.every((characters) => characters.test(password))) return undefined;
  return {
    message:
      `the password must have ${PASSWORD.least} to ${PASSWORD.most} characters, with a lower-case letter, ` +
      "an upper-case letter, a digit and a special character among them",
  };
}
