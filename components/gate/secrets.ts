/** Shorter texts are in any log by chance. */
const SHORTEST = 6;

/** The text with every secret replaced by `[secret]`: the values, and what is in them where they are addresses or JSON. */
export function withoutSecrets(text: string, values: string[]): string {
  const secrets = values.flatMap((value) => [value, ...partsOf(value)]);
  const longestFirst = secrets
    .filter(({ length }) => length >= SHORTEST)
    .sort((a, b) => b.length - a.length);
  return longestFirst.reduce((clean, secret) => clean.replaceAll(secret, "[secret]"), text);
}

function partsOf(value: string): string[] {
  if (value.startsWith("{")) return textsIn(parsed(value));
  const encoded = /^[\w+.-]+:\/\/[^:@/]*:([^@/]*)@/.exec(value)?.[1];
  return encoded === undefined ? [] : [encoded, decoded(encoded)];
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
