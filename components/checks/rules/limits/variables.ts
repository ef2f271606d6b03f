import { Finding } from "../../problem";

const LONGEST_NAME = 100;
/** Characters of a plain value (since June 2026; 1000 before), bytes of a secret one. */
const LONGEST_VALUE = 65_536;
const MOST_VARIABLES = 200;

/** A variable's name that Scaleway keeps for itself. */
export function checkReserved(name: string): Finding | undefined {
  if (name !== "PORT" && !name.startsWith("SCW_")) return undefined;
  return {
    message:
      "Scaleway sets PORT and everything that starts with SCW_ itself, and refuses them; choose another name",
    fix: name === "PORT" ? "APP_PORT" : name.replace(/^SCW_/, "SCALEWAY_"),
  };
}

/** A variable's name in general. */
export function checkName(name: string): Finding | undefined {
  if (name.length > LONGEST_NAME) {
    return {
      message: `the name has ${name.length} characters; allowed: up to ${LONGEST_NAME}`,
      fix: name.slice(0, LONGEST_NAME),
    };
  }
  if (/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name)) return undefined;
  return {
    message:
      "is not a name of a variable; allowed: letters, digits and underscores, not starting with a digit",
    fix: name.replace(/[^-._a-zA-Z0-9]+/g, "_").replace(/^(?=\d|$)/, "_"),
  };
}

/** The value of a variable; none of it is in the message. */
export function checkValue(value: string, secret: boolean): Finding | undefined {
  const { length, unit } = secret
    ? { length: Buffer.byteLength(value), unit: "bytes" }
    : { length: [...value].length, unit: "characters" };
  if (length > LONGEST_VALUE) {
    return { message: `the value has ${length} ${unit}; allowed: up to ${LONGEST_VALUE}` };
  }
  if (value.includes("\0")) {
    return { message: "the value holds a NUL character, which no variable can hold" };
  }
  if (!secret || value !== "") return undefined;
  return {
    message:
      "an empty secret could never be removed from the container again; give it a value or leave it out",
  };
}

/** How many variables of one kind a container has. */
export function checkCount(count: number): Finding | undefined {
  if (count <= MOST_VARIABLES) return undefined;
  return {
    message: `a container would have ${count} variables of this kind; allowed: up to ${MOST_VARIABLES}`,
  };
}

/** A plain value that looks like an address with a password in it. */
export function checkOpenPassword(value: string): Finding | undefined {
  if (!/^[a-z][\w+.-]*:\/\/[^/?#\s:@]*:[^/?#\s@]+@/i.test(value)) return undefined;
  return {
    message:
      "the value seems to hold a password, and plain variables are readable in Scaleway's console and in the state",
  };
}

/** An address whose user or password holds a character that must be encoded. */
export function checkEncoded(value: string): Finding | undefined {
  const [, authority] = /^[a-z][\w+.-]*:\/\/([^/?#]*)/i.exec(value) ?? [];
  if (authority === undefined || authority.indexOf("@") === authority.lastIndexOf("@")) {
    return undefined;
  }
  return {
    message:
      "the user name or the password in this address holds an @ that is not encoded; write %40 (and encode / : ? # % too)",
  };
}
