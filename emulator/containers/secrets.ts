import { argon2, randomBytes } from "node:crypto";
import { promisify } from "node:util";

type Values = Record<string, string>;

/** Secret variables as they are stored (values) and as they are answered (hashes). */
export interface SecretVariables {
  values: Values;
  hashes: Values;
}

/**
 * Applies the full wanted set of a request: a new value is stored and hashed, an empty one keeps what is
 * there, a name that is missing goes.
 */
export async function changeSecrets(
  before: SecretVariables,
  wanted: Values,
): Promise<SecretVariables> {
  const after: SecretVariables = { values: {}, hashes: {} };
  for (const [name, value] of Object.entries(wanted)) {
    const hash = before.hashes[name];
    const kept = value === "" && hash !== undefined;
    after.values[name] = kept ? (before.values[name] ?? "") : value;
    after.hashes[name] = kept ? hash : await hashOf(value);
  }
  return after;
}

/** An Argon2id PHC string; cheap, as clients compare with the parameters that it names. */
async function hashOf(value: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await promisify(argon2)("argon2id", {
    message: value,
    nonce: salt,
    memory: 64,
    passes: 1,
    parallelism: 1,
    tagLength: 32,
  });
  return `$argon2id$v=19$m=64,t=1,p=1$${unpadded(salt)}$${unpadded(key)}`;
}

const unpadded = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");
