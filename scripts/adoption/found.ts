import { Refusal } from "../refusal";

/** The kinds of things that an environment is made of, as far as they can be taken over. */
export type Kind =
  | "namespace"
  | "container"
  | "instance"
  | "database"
  | "user"
  | "privilege"
  | "allowList"
  | "bucket"
  | "bucketAcl"
  | "registry"
  | "network";

/** Something that exists, wherever it was found. */
export interface Found {
  readonly kind: Kind;
  /** The id by which Pulumi imports it. */
  readonly id: string;
  readonly name: string;
  /** Where it was found, for people: an address in a state file, or the API. */
  readonly address: string;
  /** Id of what it is in: a container's namespace, a database's instance, an ACL's bucket. */
  readonly inside?: string;
  /** Id of its project, where that is known. */
  readonly project?: string;
  /** A container's image. */
  readonly image?: string;
  /** Ids of the private networks that it is in. */
  readonly networks?: string[];
  /** Whose the privilege is, or an instance's first user. */
  readonly user?: string;
  /** What database a privilege is about. */
  readonly database?: string;
  /** An allow list's ranges of addresses. */
  readonly ranges?: string[];
  /** An instance's password, which only a state file holds. */
  readonly password?: string;
}

/** Something that stands in the way, and what to do about it; nothing has been touched. */
export class Refused extends Error {
  constructor(problems: readonly Refusal[]) {
    super(
      `Refused; nothing at Scaleway was touched:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`,
    );
  }
}

/** The last part of an id such as `fr-par/11111111-…`. */
export const uuidOf = (id: string): string => id.split("/").pop()!;
