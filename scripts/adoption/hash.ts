import * as crypto from "node:crypto";
import { promisify } from "node:util";

/**
 * Whether a value is the one of which Scaleway answers this hash; undefined where that cannot be said, as with a
 * Node.js before 24.7, which does not know Argon2.
 */
export async function isHashOf(hash: string, value: string): Promise<boolean | undefined> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(hash);
  if (parts === null || crypto.argon2 === undefined) return undefined;
  const [memory, passes, parallelism] = parts.slice(1, 4).map(Number);
  const expected = Buffer.from(parts[5]!, "base64");
  const computed = await promisify(crypto.argon2)("argon2id", {
    message: value,
    nonce: Buffer.from(parts[4]!, "base64"),
    memory: memory!,
    passes: passes!,
    parallelism: parallelism!,
    tagLength: expected.length,
  });
  return crypto.timingSafeEqual(expected, computed);
}
