import { mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ChildServer } from "../../emulator/childServer";
import { registryStorage, startRegistry } from "../../emulator/registry/server";

/** A layer as it is sent: compressed. */
export interface Layer {
  readonly digest: string;
  readonly size: number;
}

/** An image registry on loopback, with nothing in it. */
export class EmptyRegistry {
  private constructor(
    private readonly address: string,
    private readonly blobs: string,
    private readonly server: ChildServer,
  ) {}

  static async start(binary: string, folder: string, port: number): Promise<EmptyRegistry> {
    const config = { state: folder, registry: binary };
    mkdirSync(registryStorage(config), { recursive: true });
    const server = await startRegistry(config, port);
    return new EmptyRegistry(`localhost:${port}`, registryStorage(config), server);
  }

  /** The reference of an image here. */
  reference(name: string): string {
    return `${this.address}/${name}:latest`;
  }

  /** The layers of an image that has been pushed. */
  async layers(name: string): Promise<Layer[]> {
    const headers = { Accept: "application/vnd.docker.distribution.manifest.v2+json" };
    const response = await fetch(`http://${this.address}/v2/${name}/manifests/latest`, { headers });
    return ((await response.json()) as { layers: Layer[] }).layers;
  }

  /** The size of all that has been pushed: layers, configurations and manifests. */
  bytes(): number {
    return readdirSync(this.blobs, { recursive: true, encoding: "utf8" })
      .filter((path) => /blobs.*\/data$/.test(path))
      .reduce((sum, path) => sum + statSync(join(this.blobs, path)).size, 0);
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}
