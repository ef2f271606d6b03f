import { hash } from "bcryptjs";
import { randomInt } from "node:crypto";
import { z } from "zod";
import { hasUnknowns, inputFailures } from "../inputs";
import { Failure, Properties, ResourceType, secret } from "../server";
import { replacedBy } from "./replacedBy";

const count = z.int().min(0).optional();

/** The inputs of `random.RandomPassword`. */
export const passwordInputs = z.strictObject({
  keepers: z.record(z.string(), z.string()).optional(),
  length: z.int().min(1).optional(),
  lower: z.boolean().optional(),
  minLower: count,
  minNumeric: count,
  minSpecial: count,
  minUpper: count,
  number: z.boolean().optional(),
  numeric: z.boolean().optional(),
  overrideSpecial: z.string().optional(),
  special: z.boolean().optional(),
  upper: z.boolean().optional(),
});

type PasswordInputs = z.infer<typeof passwordInputs>;

const letters = "abcdefghijklmnopqrstuvwxyz";
const specialCharacters = "!@#$%&*()-_=+[]{}<>:?";
const bcryptRounds = 10;
const bcryptLimit = 72;

/** A random password that stays the same until an input changes. */
export const randomPassword: ResourceType = {
  check: (inputs) => ({ inputs, failures: passwordFailures(inputs) }),
  diff: replacedBy((inputs) => completed(inputs)),
  create: async (inputs, { preview }) => {
    const complete = completed(inputs);
    if (preview) return { id: "", outputs: complete };
    const result = generatePassword(complete);
    const bcryptHash = await hash(result.slice(0, bcryptLimit), bcryptRounds);
    return {
      id: "none",
      outputs: { ...complete, result: secret(result), bcryptHash: secret(bcryptHash) },
    };
  },
};

/** What is wrong with the inputs: a wrong type, or rules that no password can follow. */
export function passwordFailures(inputs: Properties): Failure[] {
  const failures = inputFailures(passwordInputs, ["length"], inputs);
  if (failures.length > 0 || hasUnknowns(inputs)) return failures;
  const complete = completed(inputs);
  const groups = characterGroups(complete);
  const demanded = groups.reduce((sum, group) => sum + group.minimum, 0);
  if (demanded > complete.length) {
    return [{ property: "length", reason: "is less than the sum of the minimum numbers" }];
  }
  if (demanded < complete.length && !groups.some((group) => group.allowed)) {
    return [{ property: "length", reason: "cannot be reached: every kind of character is off" }];
  }
  return [];
}

type Complete = ReturnType<typeof completed>;

function completed(inputs: Properties) {
  const given = inputs as PasswordInputs;
  const numeric = given.numeric ?? given.number ?? true;
  return {
    ...given,
    length: given.length as number,
    lower: given.lower ?? true,
    upper: given.upper ?? true,
    numeric,
    number: numeric,
    special: given.special ?? true,
    minLower: given.minLower ?? 0,
    minUpper: given.minUpper ?? 0,
    minNumeric: given.minNumeric ?? 0,
    minSpecial: given.minSpecial ?? 0,
  };
}

interface Group {
  characters: string;
  minimum: number;
  allowed: boolean;
}

function characterGroups(inputs: Complete): Group[] {
  const special = inputs.overrideSpecial || specialCharacters;
  return [
    { characters: letters, minimum: inputs.minLower, allowed: inputs.lower },
    { characters: letters.toUpperCase(), minimum: inputs.minUpper, allowed: inputs.upper },
    { characters: "0123456789", minimum: inputs.minNumeric, allowed: inputs.numeric },
    { characters: special, minimum: inputs.minSpecial, allowed: inputs.special },
  ];
}

/** First as many of each kind as asked for, then any of the allowed ones; in random order. */
export function generatePassword(inputs: Properties): string {
  const complete = completed(inputs);
  const groups = characterGroups(complete);
  const allowed = groups.filter((group) => group.allowed).map((group) => group.characters);
  const password = groups.flatMap(({ characters, minimum }) => pick(characters, minimum));
  password.push(...pick(allowed.join(""), complete.length - password.length));
  return shuffled(password).join("");
}

function pick(characters: string, howMany: number): string[] {
  return Array.from({ length: howMany }, () => characters[randomInt(characters.length)]!);
}

function shuffled(characters: string[]): string[] {
  const result = [...characters];
  for (let last = result.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [result[last], result[other]] = [result[other]!, result[last]!];
  }
  return result;
}
