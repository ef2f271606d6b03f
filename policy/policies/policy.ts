import { EnforcementLevel, ResourceValidationPolicy } from "@pulumi/policy";
import { Finding } from "../../components/checks/rules/rule";

/** The inputs of a resource, as the provider has checked them. */
export type Inputs = Record<string, unknown>;

/** What is wrong with a resource, and in which input. */
export interface Violation {
  readonly input: string;
  readonly finding: Finding | undefined;
}

interface InputPolicy {
  readonly name: string;
  readonly description: string;
  readonly enforcementLevel: EnforcementLevel;
  /** Types of resources, as in a URN. */
  readonly types: readonly string[];
  check(inputs: Inputs): readonly Violation[];
}

/** A policy over what some types of resources are given. */
export function inputPolicy({ types, check, ...policy }: InputPolicy): ResourceValidationPolicy {
  return {
    ...policy,
    validateResource: ({ type, props }, report) => {
      if (!types.includes(type)) return;
      for (const { input, finding } of check(props)) {
        if (finding) report(describe(input, finding));
      }
    },
  };
}

function describe(input: string, { message, fix }: Finding): string {
  return fix === undefined ? `${input}: ${message}` : `${input}: ${message}; use ${fix}`;
}

/** Checks an input that is a number; none where it is something else, or not there. */
export function ofNumber(
  inputs: Inputs,
  input: string,
  check: (value: number) => Finding | undefined,
): Violation {
  const value = inputs[input];
  return { input, finding: typeof value === "number" ? check(value) : undefined };
}

/** Checks an input that is a text; none where it is something else, or not there. */
export function ofText(
  inputs: Inputs,
  input: string,
  check: (value: string) => Finding | undefined,
): Violation {
  const value = inputs[input];
  return { input, finding: typeof value === "string" ? check(value) : undefined };
}

/** Whether the program itself gave an input: what it leaves out, the provider fills in with its default. */
export function isStated(inputs: Inputs, input: string): boolean {
  const defaults = inputs.__defaults;
  const isDefault = Array.isArray(defaults) && defaults.includes(input);
  return inputs[input] !== undefined && inputs[input] !== null && !isDefault;
}
