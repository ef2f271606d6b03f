/** The secrets that can be rotated, each by raising its number. */
export const rotatedSecrets = [
  "fernetKey",
  "jwtSecret",
  "databasePassword",
  "adminPassword",
  "logKey",
] as const;

/** The name of a secret that can be rotated. */
export type RotatedSecret = (typeof rotatedSecrets)[number];

/** How often each secret has been made anew: raise a number by one and deploy to rotate. A number only grows. */
export interface RotationArgs {
  /** All five at once. From 1, the default, to 99. */
  readonly all?: number;
  /** The key that encrypts connections and variables in the database. From 1, the default, to 99. */
  readonly fernetKey?: number;
  /** The keys that sign tokens and sessions; those of the generation before are accepted too. From 1, the default, to 99. */
  readonly jwtSecret?: number;
  /** The passwords of the database's users. From 1, the default, to 99. */
  readonly databasePassword?: number;
  /** The password of the first account of the interface. From 1, the default, to 99. */
  readonly adminPassword?: number;
  /** The API key of the log bucket. From 1, the default, to 99. */
  readonly logKey?: number;
}

/** The generation of each secret: both its own number and `all` raise it. */
export function secretGenerations(rotation: RotationArgs = {}): Record<RotatedSecret, number> {
  const { all = 1 } = rotation;
  const generations = rotatedSecrets.map((secret) => [secret, (rotation[secret] ?? 1) + all - 1]);
  return Object.fromEntries(generations) as Record<RotatedSecret, number>;
}

/**
 * What `make` makes of each generation, the newest first. The former ones stay declared, so that what still knows only
 * them, such as an interrupted deployment, can be understood.
 */
export function eachGeneration<T>(newest: number, make: (generation: number) => T): [T, ...T[]] {
  return Array.from({ length: newest }, (_, age) => make(newest - age)) as [T, ...T[]];
}
