import type { Server } from "node:http";
import type { ChildServer } from "../childServer";
import type { Config } from "../config";
import { listen } from "../listening";
import type { Model } from "../model";
import { stablePort } from "../ports";
import type { Writes } from "../writes";
import { RegistryContent } from "./content";
import { createRegistryGate } from "./gate";
import { registryStorage, startRegistry } from "./server";

/** The image registry: a server on loopback, and in front of it the gate that clients reach. */
export class Registry {
  private constructor(
    /** Host and port as they stand in image references. */
    readonly host: string,
    readonly content: RegistryContent,
    private readonly server: ChildServer,
    private readonly gate: Server,
  ) {}

  static async start(config: Config, model: Model, writes: Writes): Promise<Registry> {
    const gatePort = await stablePort(model.ports, "registry gate");
    const port = await stablePort(model.ports, "registry");
    const server = await startRegistry(config, port);
    const gate = await listen(createRegistryGate(model, { port }), gatePort);
    gate.on("request", writes.note);
    const content = new RegistryContent({ port }, registryStorage(config));
    return new Registry(`localhost:${gatePort}`, content, server, gate);
  }

  async stop(): Promise<void> {
    this.gate.close();
    await this.server.stop();
  }
}
