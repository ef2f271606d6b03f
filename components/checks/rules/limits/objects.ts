import { Finding } from "../../problem";

const LONGEST_DECLARATION = 65_536;

/** The JSON of all connections, variables and pools, which travels in one secret variable. */
export function checkDeclaration(json: string): Finding | undefined {
  const bytes = Buffer.byteLength(json);
  if (bytes <= LONGEST_DECLARATION) return undefined;
  return {
    message:
      `together they have ${bytes} bytes as JSON, and travel in one secret variable, which holds up to ` +
      `${LONGEST_DECLARATION}; keep large values in files of the DAGs or in the bucket`,
  };
}

/** The id of a connection, as Airflow's interface takes it. */
export function checkConnectionId(id: string): Finding | undefined {
  if (id === "s3logs") {
    return {
      message: "is the connection to the log bucket, which is made for you; choose another id",
      fix: "s3",
    };
  }
  return checkPattern(id, /^[\w.-]{1,200}$/, {
    what: "the id of a connection",
    limits: "1 to 200 letters, digits, underscores, dots and hyphens",
    fix: id.replace(/[^\w.-]+/g, "_").slice(0, 200),
  });
}

/** The key of one of Airflow's variables. */
export function checkVariableKey(key: string): Finding | undefined {
  return checkPattern(key, /^\S(.{0,248}\S)?$/u, {
    what: "the key of a variable",
    limits: "1 to 250 characters on one line, without spaces around them",
    fix: [...key.trim()].slice(0, 250).join(""),
  });
}

/** The name of a pool. */
export function checkPoolName(name: string): Finding | undefined {
  return checkPattern(name, /^\S(.{0,254}\S)?$/u, {
    what: "the name of a pool",
    limits: "1 to 256 characters on one line, without spaces around them",
    fix: [...name.trim()].slice(0, 256).join(""),
  });
}

function checkPattern(
  name: string,
  pattern: RegExp,
  { what, limits, fix }: { what: string; limits: string; fix: string },
): Finding | undefined {
  if (pattern.test(name)) return undefined;
  return {
    message: `cannot be ${what}; allowed: ${limits}`,
    ...(pattern.test(fix) ? { fix } : {}),
  };
}

/** How many tasks of a pool run at once. */
export function checkSlots(slots: number): Finding | undefined {
  if (Number.isSafeInteger(slots) && slots >= -1 && slots < 2 ** 31) return undefined;
  return {
    message: `${slots} is not a number of slots; allowed: 0 and more, or -1 for any number`,
    fix: slots < 0 ? "-1" : String(Math.min(Math.round(slots), 2 ** 31 - 1)),
  };
}

/** The port of a connection. */
export function checkPort(port: unknown): Finding | undefined {
  if (isPort(port)) return undefined;
  const unquoted = typeof port === "string" ? Number(port) : undefined;
  return {
    message: "is not a port; allowed: a whole number from 1 to 65535",
    ...(isPort(unquoted) ? { fix: String(unquoted) } : {}),
  };
}

function isPort(port: unknown): boolean {
  return Number.isInteger(port) && Number(port) > 0 && Number(port) < 65_536;
}

/** A connection in one address. */
export function checkUri(uri: string): Finding | undefined {
  if (
    /^[a-z][a-z0-9+.-]*:\/\/([^/?#\s@]*@)?([^/?#\s@:]*|\[[^\]\s]*\])(:\d{0,5})?([/?#]|$)/i.test(uri)
  ) {
    return undefined;
  }
  return {
    message:
      "is not the address of a connection, type://login:password@host:port/schema?extra=…; in the login and the " +
      "password write / : ? # @ % as %2F %3A %3F %23 %40 %25",
  };
}
