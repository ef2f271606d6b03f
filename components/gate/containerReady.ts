import * as pulumi from "@pulumi/pulumi";
import { DeployedContainer, describeLog } from "./containerLog";
import { callScaleway } from "../scaleway/callScaleway";
import { waitFor } from "./waitFor";
import { UpdateFailed } from "../pulumi/updateFailed";

/** How the deployment of a container ended: Scaleway reports one that cannot start as a success. */
export interface ContainerState {
  readonly status?: string;
  /** Scaleway's reason. */
  readonly error_message?: string;
}

/**
 * Fails the update unless the container is ready, with Scaleway's reason and the end of the container's log. A
 * container that failed in an earlier update is deployed once more, as what it lacked may be there now, and counts as
 * changed in what is given back.
 */
export async function assertReady(
  container: DeployedContainer,
  state: ContainerState,
): Promise<DeployedContainer> {
  if (pulumi.runtime.isDryRun() || isReady(state)) return container;
  const now = await retried(container).catch(() => undefined);
  if (now && isReady(now)) return { ...container, changed: true };
  const { status, error_message } = now ?? state;
  throw new UpdateFailed(
    [
      `The container ${container.name} is not ready but in status "${status}": ${error_message || "no reason given"}.`,
      await describeLog(container),
      `What served before goes on to serve, for a day at most. Mend the cause, or go back to the image and settings of ` +
        `before, and run \`pulumi up\` again.`,
    ].join("\n"),
  );
}

/** The status of the mocked and of older providers is unset. */
const isReady = ({ status }: ContainerState) => status === undefined || status === "ready";

/** The container's state now, after another deployment if the last one was before this update; undefined without a key. */
async function retried({
  id,
  name,
  secretKey,
}: DeployedContainer): Promise<ContainerState | undefined> {
  if (secretKey === undefined) return undefined;
  const [region, containerId] = id.split("/");
  const path = `/containers/v1/regions/${region}/containers/${containerId}`;
  const read = () => callScaleway<ContainerState & { updated_at: string }>(path, secretKey);
  const found = await read();
  const begun = Date.now() - process.uptime() * 1_000;
  if (isReady(found) || Date.parse(found.updated_at) > begun) return found;
  await callScaleway(`${path}/redeploy`, secretKey, { method: "POST", body: {} });
  return waitFor(
    `The deployment of ${name}`,
    async () => {
      const now = await read();
      return TRANSIENT.includes(now.status ?? "") ? `it is ${now.status}` : now;
    },
    { timeout: REDEPLOYMENT_LIMIT, interval: 5_000 },
  );
}

const TRANSIENT = ["creating", "updating", "upgrading"];
const REDEPLOYMENT_LIMIT = 9 * 60_000;
