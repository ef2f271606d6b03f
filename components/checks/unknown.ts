/**
 * Whether a value is known only in a deployment: an output, a promise, or a secret that a stack file keeps encrypted
 * as `{ secure: … }`. What YAML makes of a list or of nested keys is none of these.
 */
export function isUnknown(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.getPrototypeOf(value) !== Object.prototype || "secure" in value;
}
