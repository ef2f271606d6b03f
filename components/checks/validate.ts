import * as pulumi from "@pulumi/pulumi";
import { checkEnvironment } from "./checkEnvironment";
import { propertyPath } from "./describeProblems";
import { Problem } from "./problem";
import { EnvironmentSettings } from "./schema";

/** The settings that the arguments of an `AirflowEnvironment` come to; throws as `refuse` does. */
export function validate(
  component: string,
  { environment, ...args }: { readonly environment: string },
): EnvironmentSettings {
  const { settings, problems } = checkEnvironment(args, environment);
  refuse(component, problems);
  return settings!;
}

/**
 * Throws one `InputPropertiesError` that names every property at fault, before anything is registered; logs what is
 * only a warning.
 */
export function refuse(component: string, problems: readonly Problem[]): void {
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    throw new pulumi.InputPropertiesError({
      message: `The arguments of ${component} have mistakes`,
      errors: errors.map((problem) => ({
        propertyPath: propertyPath(problem.path),
        reason: reason(problem),
      })),
    });
  }
  for (const problem of problems) {
    void pulumi.log.warn(`${propertyPath(problem.path)}: ${reason(problem)}`);
  }
}

function reason({ message, fix }: Problem): string {
  return fix === undefined ? message : `${message}; use ${fix}`;
}
