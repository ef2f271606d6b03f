/** A secret that is kept in Scaleway's Secret Manager and only named here. */
export interface FromSecretManager {
  /**
   * Its name, after the folder if it is in one, and before a revision if it is to be that one: `warehouse`,
   * `data/warehouse`, `data/warehouse@3`. Default: the latest enabled revision, looked up by every preview and update.
   */
  readonly fromSecretManager: string;
}

/** Where a secret is in Secret Manager. */
export interface SecretLocation {
  readonly name: string;
  /** `/` or folders, such as `/data`. */
  readonly path: string;
  /** A number or `latest_enabled`. */
  readonly revision: string;
}

/** What stands for a secret until it is looked up; settings hold it in place of the value. */
export class SecretReference implements FromSecretManager {
  constructor(readonly fromSecretManager: string) {}

  /** Where the secret is; nothing if what was written does not say. */
  get location(): SecretLocation | undefined {
    const [, folders = "", name, revision = "latest_enabled"] =
      /^\/?((?:[^/@\s]+\/)*)([^/@\s]+)(?:@([1-9]\d*))?$/.exec(this.fromSecretManager) ?? [];
    return name === undefined ? undefined : { name, path: `/${folders.slice(0, -1)}`, revision };
  }
}

/** A value in nested settings and the keys that lead to it. */
type Found = { readonly path: (string | number)[]; readonly reference: SecretReference };

/** A copy of nested settings in which each `{ fromSecretManager: … }` is a `SecretReference`. */
export function withReferences(value: unknown): unknown {
  return mapNested(value, (inner) =>
    isWritten(inner) ? new SecretReference(inner.fromSecretManager) : inner,
  );
}

/** Every reference in nested settings. */
export function referencesIn(value: unknown, path: Found["path"] = []): Found[] {
  if (value instanceof SecretReference) return [{ path, reference: value }];
  if (Array.isArray(value))
    return value.flatMap((each, index) => referencesIn(each, [...path, index]));
  if (!isPlain(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => referencesIn(each, [...path, key]));
}

/** A copy of nested settings in which `change` has been applied to all that is not a list or an object of settings. */
export function mapNested(value: unknown, change: (value: unknown) => unknown): unknown {
  const changed = change(value);
  if (changed !== value) return changed;
  if (Array.isArray(value)) return value.map((each) => mapNested(each, change));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, mapNested(each, change)]),
  );
}

function isWritten(value: unknown): value is FromSecretManager {
  if (!isPlain(value) || Object.keys(value).length !== 1) return false;
  return typeof value.fromSecretManager === "string";
}

/** Whether a value is settings by key, not an output or any other instance. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
