import * as pulumi from "@pulumi/pulumi";
import { AirflowEnvironmentArgs } from "./components";
import { checkStackConfig } from "./components/checks/stackConfig";
import { imagesToDeploy } from "./promotion";

/** The settings of an environment: what its stack file says, checked. */
export type Settings = Omit<AirflowEnvironmentArgs, "environment">;

/** Reads the settings from the stack's configuration; throws one error that names every problem by its key. */
export function readSettings(): Settings {
  const { settings, mistakes } = checkStackConfig(pulumi.runtime.allConfig(), pulumi.getStack());
  if (settings === undefined) throw new pulumi.RunError(mistakes);
  return {
    ...settings,
    images: imagesToDeploy(settings.images, process.env.DEPLOY_COMMIT),
    registrySecretKey: registrySecretKey(),
  };
}

/** Images are pushed with the key that deploys: the provider's. */
function registrySecretKey(): pulumi.Output<string> | undefined {
  const configured = new pulumi.Config("scaleway").getSecret("secretKey");
  const fromEnvironment = process.env.SCW_SECRET_KEY;
  return configured ?? (fromEnvironment ? pulumi.secret(fromEnvironment) : undefined);
}
