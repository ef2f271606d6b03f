import type { Model } from "../model";
import type { DockerEngine } from "./engine";
import type { Networks } from "./networks";

/** Removes what a crash left half made: Docker objects and addresses that no record knows of. */
export async function removeLeftovers(
  model: Model,
  engine: DockerEngine,
  networks: Networks,
  databaseName: (instance: string) => string,
): Promise<void> {
  const databases = model.databaseInstances.list().map(({ id }) => databaseName(id));
  const known = new Set([...model.revisions.list().map((it) => it.docker_name), ...databases]);
  const knownNetworks = [undefined, ...model.privateNetworks.list().map(({ id }) => id)];
  const networkNames = new Set(knownNetworks.map((id) => networks.nameOf(id)));

  const objects = await engine.objects();
  const unknown = (name: string) => !known.has(name);
  for (const name of objects.containers.filter(unknown)) await engine.removeContainer(name);
  for (const name of objects.volumes.filter(unknown)) await engine.removeVolume(name);
  for (const name of objects.networks) {
    if (!networkNames.has(name)) await engine.removeNetwork(name);
  }
  const holders = new Set(model.addresses.list().map(({ holder }) => holder));
  for (const holder of [...holders].filter(unknown)) networks.releaseAddresses(holder);
}
