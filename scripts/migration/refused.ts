import { Refusal } from "../refusal";

/** Everything that stands in the way, and what to do about it. Nothing has been changed. */
export class Refused extends Error {
  constructor(problems: readonly Refusal[]) {
    super(`Refused, nothing was changed:\n${problems.map((each) => `  - ${each}`).join("\n")}`);
  }
}
