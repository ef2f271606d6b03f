import { say } from "../tools/progress";
import { createApi } from "./api/server";
import { Cloud } from "./cloud";
import type { Config } from "./config";
import { Printed } from "./containers/printed";
import { ContainerGateway } from "./edge/containerGateway";
import { Edge } from "./edge/edge";
import { LogQueries } from "./edge/logQueries";
import { clientEnvironment } from "./environment";
import { openMachine } from "./machine";
import { stablePort } from "./ports";
import { Registry } from "./registry/registry";
import { ObjectStorage } from "./s3/objectStorage";
import { Writes } from "./writes";

/** A running emulator. */
export interface Emulator {
  /** The variables that its clients need. */
  environment: Record<string, string>;
  stop(): Promise<void>;
}

/** Starts the emulator with what its state folder holds. */
export async function startEmulator(config: Config): Promise<Emulator> {
  const machine = await openMachine(config);
  const { model, networks, authority, region } = machine;
  const apiPort = await stablePort(model.ports, "api", config.apiPort);
  const proxyPort = await stablePort(model.ports, "proxy");

  const writes = new Writes();
  const registry = await Registry.start(config, model, writes);
  const objectStorage = await ObjectStorage.start(config, model, region);
  const gateway = new ContainerGateway(model);
  const printed = new Printed(model, machine.engine);
  const logQueries = new LogQueries(model, printed);
  const edge = await Edge.start(authority, [writes.noted(objectStorage), gateway, logQueries], {
    gateway: networks.gateway,
    proxyPort,
  });
  const cloud = new Cloud(machine, { registry, objectStorage, gateway, printed });
  const api = createApi(model, [writes.routes, ...cloud.routes()]);
  await cloud.resume();
  await api.listen({ host: "127.0.0.1", port: apiPort });

  return {
    environment: clientEnvironment(model, { apiPort, proxyPort, bundle: authority.bundle, region }),
    stop: async () => {
      say("stopping");
      await api.close();
      await cloud.stop();
      await gateway.closeAll();
      edge.stop();
      await Promise.all([registry.stop(), objectStorage.stop()]);
      await networks.closeDefault();
    },
  };
}
