import type { IncomingMessage, ServerResponse } from "node:http";
import type { Config } from "../config";
import type { EdgeService } from "../edge/listener";
import type { Model } from "../model";

/** placeholder */
export class ObjectStorage implements EdgeService {
  static async start(_config: Config, _model: Model, _region: string): Promise<ObjectStorage> {
    return new ObjectStorage();
  }
  owns = (host: string) => host.includes("s3.");
  handle(_request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(501).end();
  }
  writeAccounts(): void {}
  async stop(): Promise<void> {}
}
