import { Finding } from "../../problem";

interface NameRule {
  readonly what: string;
  readonly shortest: number;
  readonly longest: number;
  readonly pattern: RegExp;
  readonly characters: string;
  readonly reserved?: readonly string[];
}

const label = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  characters: "lower-case letters, digits and hyphens, with a letter or digit at both ends",
};

/**
 * The container's name is the end of its address: up to 20 characters of the namespace's name, 8 of its id, a hyphen
 * and the name have to fit in the 63 that DNS allows.
 */
const CONTAINER: NameRule = { what: "the name of a container", shortest: 1, longest: 34, ...label };
const NAMESPACE: NameRule = {
  what: "the name of a container namespace",
  shortest: 1,
  longest: 63,
  ...label,
};
const REGISTRY: NameRule = {
  what: "the name of a registry namespace",
  shortest: 1,
  longest: 63,
  pattern: /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*$/,
  characters:
    "lower-case letters and digits, with hyphens, dots or underscores between them but not at the ends",
};
const BUCKET: NameRule = { what: "the name of a bucket", shortest: 3, longest: 63, ...label };
/** Its IAM application and policy are called after it, with `-logs`, and have up to 64 characters (Scaleway, "IAM API"). */
const LOG_BUCKET: NameRule = { ...BUCKET, what: "the name of a log bucket", longest: 59 };
const DATABASE: NameRule = {
  what: "the name of a database",
  shortest: 1,
  longest: 63,
  pattern: /^[a-zA-Z\d_$-]+$/,
  characters: "letters, digits, underscores and hyphens",
  reserved: [
    "information_schema",
    "mysql",
    "performance_schema",
    "postgres",
    "rdb",
    "sys",
    "template0",
    "template1",
  ],
};
const ENVIRONMENT: NameRule = {
  what: "an environment, whose name is part of other names",
  shortest: 1,
  longest: 48,
  ...label,
};
const PREFIX: NameRule = {
  what: "a prefix of names",
  shortest: 1,
  longest: 34,
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  characters:
    "lower-case letters, digits and hyphens, starting with a letter and ending with a letter or digit",
};

/** The name of a container. */
export const checkContainerName = check(CONTAINER);
/** The name of a container namespace. */
export const checkNamespaceName = check(NAMESPACE);
/** The name of a registry namespace. */
export const checkRegistryName = check(REGISTRY);
/** The name of a bucket; dots are possible, but no certificate fits the addresses that they give. */
export const checkBucketName = check(BUCKET);
/** The name of a bucket for logs, with a key of its own. */
export const checkLogBucketName = check(LOG_BUCKET);
/** The name of a database. */
export const checkDatabaseName = check(DATABASE);
/** The name of an environment. */
export const checkEnvironmentName = check(ENVIRONMENT);
/** The first part of every name. */
export const checkPrefix = check(PREFIX);

function check(rule: NameRule): (name: string) => Finding | undefined {
  return (name) => {
    if (rule.reserved?.includes(name)) {
      return { message: `${name} is a database of the server itself`, fix: `${name}-airflow` };
    }
    if (fits(name, rule)) return undefined;
    const corrected = name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+/, "")
      .slice(0, rule.longest)
      .replace(/-+$/, "");
    const limits = `${rule.shortest} to ${rule.longest} characters: ${rule.characters}`;
    return {
      message: `${quoted(name)} cannot be ${rule.what}; allowed: ${limits}`,
      ...(fits(corrected, rule) ? { fix: corrected } : {}),
    };
  };
}

function fits(name: string, { shortest, longest, pattern }: NameRule): boolean {
  return name.length >= shortest && name.length <= longest && pattern.test(name);
}

const LONGEST_QUOTE = 60;

function quoted(name: string): string {
  return JSON.stringify(
    name.length > LONGEST_QUOTE ? `${name.slice(0, LONGEST_QUOTE - 1)}…` : name,
  );
}
