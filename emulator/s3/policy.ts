import { z } from "zod";
import { malformedPolicy } from "./errors";

const oneOrMore = z
  .union([z.string(), z.array(z.string()).min(1)])
  .transform((value) => [value].flat());

const principal = z.union([
  z.literal("*").transform(() => ["*"]),
  z.strictObject({ SCW: oneOrMore }).transform(({ SCW }) => SCW),
]);

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: principal,
  Action: oneOrMore,
  Resource: oneOrMore,
});

const document = z.strictObject({
  Version: z.enum(["2012-10-17", "2023-04-17"]),
  Id: z.string().optional(),
  Statement: z.array(statement).min(1),
});

/** A bucket policy. */
export type BucketPolicy = z.output<typeof document>;

/** Who does what to what. */
export interface Access {
  /** Every name by which policies may call the caller. */
  principals: string[];
  action: string;
  /** `bucket` or `bucket/key`. */
  resource: string;
}

/** Reads a bucket policy; one that the emulator cannot keep to is refused. */
export function parsePolicy(text: string): BucketPolicy {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformedPolicy("The policy is not valid JSON.");
  }
  const result = document.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw malformedPolicy(`${issue?.path.join(".")}: ${issue?.message}`);
}

/** Whether a policy allows an access: what it does not allow, or denies, it refuses. */
export function policyAllows(policy: BucketPolicy, access: Access): boolean {
  const matching = policy.Statement.filter(
    ({ Principal, Action, Resource }) =>
      Principal.some((name) => name === "*" || access.principals.includes(name)) &&
      Action.some((pattern) => matches(pattern.toLowerCase(), access.action.toLowerCase())) &&
      Resource.some((pattern) => matches(pattern.replace("arn:aws:s3:::", ""), access.resource)),
  );
  return matching.length > 0 && matching.every(({ Effect }) => Effect === "Allow");
}

function matches(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "s").test(text);
}
