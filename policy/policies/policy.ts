import { EnforcementLevel, ResourceValidationPolicy, UnknownValueError } from "@pulumi/policy";
import { Finding } from "../../components/checks/problem";

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
  /** `urn` tells the types of the components that the resource belongs to. */
  check(inputs: Inputs, urn: string): readonly Violation[];
}

/** A policy over what some types of resources are given. */
export function inputPolicy({ types, check, ...policy }: InputPolicy): ResourceValidationPolicy {
  return {
    ...policy,
    validateResource: ({ type, props, urn }, report) => {
      if (!types.includes(type)) return;
      for (const { input, finding } of check(props, urn)) {
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
  const value = numberIn(inputs, input);
  return { input, finding: value === undefined ? undefined : check(value) };
}

/** An input that is a number. */
export function numberIn(inputs: Inputs, input: string): number | undefined {
  const value = valueOf(inputs, input);
  return typeof value === "number" ? value : undefined;
}

/** Checks an input that is a text; none where it is something else, or not there. */
export function ofText(
  inputs: Inputs,
  input: string,
  check: (value: string) => Finding | undefined,
): Violation {
  const value = valueOf(inputs, input);
  return { input, finding: typeof value === "string" ? check(value) : undefined };
}

/** An input that has inputs in it; empty where there is none. */
export function inputsIn(inputs: Inputs, input: string): Inputs {
  return (valueOf(inputs, input) ?? {}) as Inputs;
}

/** Whether an input is there, even one that is not known yet. */
export function isStated(inputs: Inputs, input: string): boolean {
  return Object.hasOwn(inputs, input);
}

/** An input; none while it is not known in a preview: the update, which knows it, asks again. */
function valueOf(inputs: Inputs, input: string): unknown {
  try {
    return inputs[input];
  } catch (error) {
    if (error instanceof UnknownValueError) return undefined;
    throw error;
  }
}
