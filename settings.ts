import * as pulumi from "@pulumi/pulumi";
import { AirflowEnvironmentArgs, ScalewayAccount } from "./components";
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
  };
}

/** The account that deploys, as the provider finds it in the stack's configuration or in the environment. */
export function readAccount(): ScalewayAccount | undefined {
  const config = new pulumi.Config("scaleway");
  const { SCW_SECRET_KEY, SCW_DEFAULT_REGION, ...env } = process.env;
  const secretKey = SCW_SECRET_KEY || config.getSecret("secretKey");
  if (!secretKey) return undefined;
  const projectId = env.SCW_DEFAULT_PROJECT_ID || config.get("projectId") || "";
  return {
    secretKey: pulumi.secret(secretKey),
    projectId,
    organizationId: env.SCW_DEFAULT_ORGANIZATION_ID || config.get("organizationId") || projectId,
    region: SCW_DEFAULT_REGION || config.get("region") || "fr-par",
  };
}
