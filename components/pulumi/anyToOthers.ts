import type { OutputInstance } from "@pulumi/pulumi";

/**
 * Exactly `T` to TypeScript, and any value to other languages: their schema has no unions of types, but takes what is
 * also an output or a promise for an input of what the promise holds. There are no values of the two that are added.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyToOthers<T> = T | Promise<any> | OutputInstance<never>;

/** Has the name by which a promise is known. */
interface Promise<T> {
  readonly [nothing]: T;
}

declare const nothing: unique symbol;

/** What JSON can express. Any value in it may be an output, or `{ fromSecretManager: "name" }`. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json }
  | OutputInstance<unknown>;
