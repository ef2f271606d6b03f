import { Finding, Problem } from "../problem";
import { EnvironmentSettings } from "../schema";

/** A hazard that settings can run into, and how to find it. */
export interface Rule {
  /** Its id in `docs/hazards.md`. */
  readonly id: string;
  /** @param environment The name of the environment: of the stack, in the program. */
  check(settings: EnvironmentSettings, environment: string): Problem[];
}

/** The findings at a place, as problems of a rule. */
export function problems(
  rule: string,
  path: Problem["path"],
  findings: readonly (Finding | undefined)[],
  severity: Problem["severity"] = "error",
): Problem[] {
  return findings
    .filter((finding) => finding !== undefined)
    .map((finding) => ({ path, rule, severity, ...finding }));
}
