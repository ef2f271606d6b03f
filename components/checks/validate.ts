import * as pulumi from "@pulumi/pulumi";
import { checkEnvironment } from "./checkEnvironment";
import { propertyPath } from "./describeProblems";
import { EnvironmentSettings } from "./schema";

/**
 * The settings that the arguments of a component come to. Warnings are logged; if anything is refused, one
 * `InputPropertiesError` names every property, and nothing has been registered yet.
 */
export function validate(component: string, args: object): EnvironmentSettings {
  const { settings, problems } = checkEnvironment(args);
  if (settings === undefined) {
    throw new pulumi.InputPropertiesError({
      message: `The arguments of ${component} have mistakes`,
      errors: problems
        .filter(({ severity }) => severity === "error")
        .map(({ path, message, fix }) => ({
          propertyPath: propertyPath(path),
          reason: fix === undefined ? message : `${message}; use ${fix}`,
        })),
    });
  }
  for (const { path, message, fix } of problems) {
    void pulumi.log.warn(`${propertyPath(path)}: ${message}${fix ? `; use ${fix}` : ""}`);
  }
  return settings;
}
