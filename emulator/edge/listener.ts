import type { IncomingMessage, ServerResponse } from "node:http";
import { type Server, createServer } from "node:https";
import type { Duplex } from "node:stream";
import type { CertificateAuthority } from "./authority";

/** A service behind the edge. */
export interface EdgeService {
  /** Whether a host name is this service's. */
  owns(host: string): boolean;
  handle(request: IncomingMessage, response: ServerResponse): void;
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** The TLS end of every `*.scw.cloud` name: it shows a certificate for the name and finds the service. */
export function createEdge(authority: CertificateAuthority, services: EdgeService[]): Server {
  const serviceFor = (request: IncomingMessage) => {
    const host = (request.headers.host ?? "").replace(/:\d+$/, "");
    return services.find((service) => service.owns(host));
  };
  const server = createServer({
    SNICallback: (host, done) => done(null, authority.contextFor(host)),
    keepAliveTimeout: 65_000,
    requestTimeout: 0,
  });
  server.on("request", (request, response) => {
    const service = serviceFor(request);
    if (service) service.handle(request, response);
    else response.writeHead(404).end(`nothing answers for ${request.headers.host}\n`);
  });
  server.on("upgrade", (request, socket, head) => {
    const service = serviceFor(request);
    if (service?.upgrade) service.upgrade(request, socket, head);
    else socket.destroy();
  });
  return server;
}
