declare const known: unique symbol;

/** What stands in the way and what to do about it, in words that docs/troubleshooting.md has: made with `refusal`. */
export type Refusal = string & { readonly [known]: true };

/** Tags a text as one that people meet. */
export const refusal = (texts: TemplateStringsArray, ...values: unknown[]): Refusal =>
  String.raw({ raw: texts }, ...values) as Refusal;
