import { Finding } from "../rule";
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
