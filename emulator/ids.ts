import { createHash, randomInt, randomUUID } from "node:crypto";

const accessKeyCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** A new resource id. */
export const newId = (): string => randomUUID();

/** A new access key in Scaleway's format. */
export function newAccessKey(): string {
  const pick = () => accessKeyCharacters[randomInt(accessKeyCharacters.length)];
  return `SCW${Array.from({ length: 17 }, pick).join("")}`;
}

/** An id that is the same for the same name, for things that have no record of their own. */
export function idOf(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}

/** The current time as the API writes it. */
export const now = (): string => new Date().toISOString();
