import { once } from "node:events";
import { createServer, Server } from "node:http";
import { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A request as a server got it. */
export interface Received {
  readonly method: string;
  readonly url: URL;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: unknown;
}

/** A server on this machine whose answers a test gives: a value is JSON, a number a status. */
export class AnsweringServer {
  readonly received: Received[] = [];
  url = "";
  private server!: Server;

  async start(answer: (request: Received) => object | number): Promise<void> {
    this.server = createServer(async (request, response) => {
      const body = await text(request);
      const received: Received = {
        method: request.method!,
        url: new URL(request.url!, this.url),
        headers: request.headers,
        body: body === "" ? undefined : JSON.parse(body),
      };
      this.received.push(received);
      const content = answer(received);
      if (typeof content === "number") response.writeHead(content).end();
      else response.end(JSON.stringify(content));
    });
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
