/** Any value. Where a component is used from another language, an argument is neither `unknown` nor a union of types. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyValue = any;
