import * as pulumi from "@pulumi/pulumi";

/** Scaleway reports a container that cannot start as a success; the update must not. */
export function assertReady(containerName: string, status?: string, message?: string): void {
  if (status === undefined || status === "ready") return;
  throw new pulumi.RunError(
    `The container ${containerName} is not ready but in status "${status}": ${message || "no reason given"}. ` +
      `See its logs in Scaleway's console or Cockpit, mend the image or its variables, and run \`pulumi up\` again.`,
  );
}
