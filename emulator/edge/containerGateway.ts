import {
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
  createServer,
} from "node:http";
import { once } from "node:events";
import type { Duplex } from "node:stream";
import { authenticate, isAllowed, setsFor } from "../api/access";
import type { Model } from "../model";
import type { Container } from "../records";
import { stablePort } from "../ports";
import { type Forwarding, forward, forwardUpgrade } from "./forward";
import type { EdgeService } from "./listener";

/** What the client's side of a request looks like to the container. */
interface Origin {
  scheme: "http" | "https";
  host: string;
}

/** Leads requests to containers: from their public endpoints, and from an address on localhost each. */
export class ContainerGateway implements EdgeService {
  private readonly local = new Map<string, Server>();

  constructor(private readonly model: Model) {}

  owns = (host: string): boolean => host.includes(".functions.fnc.");

  handle(request: IncomingMessage, response: ServerResponse): void {
    const origin: Origin = { scheme: "https", host: request.headers.host ?? "" };
    this.serve(this.containerOf(request), origin, request, response);
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const origin: Origin = { scheme: "https", host: request.headers.host ?? "" };
    this.serveUpgrade(this.containerOf(request), origin, request, socket, head);
  }

  /** The address on localhost that leads to a container. */
  async localUrl(id: string): Promise<string> {
    return `http://localhost:${await stablePort(this.model.ports, `container ${id}`)}`;
  }

  /** Opens the container's address on localhost. */
  async open({ id }: Container): Promise<void> {
    if (this.local.has(id)) return;
    const url = new URL(await this.localUrl(id));
    const origin: Origin = { scheme: "http", host: url.host };
    const server = createServer({ requestTimeout: 0 }, (request, response) =>
      this.serve(this.model.containers.find(id), origin, request, response),
    );
    server.on("upgrade", (request, socket, head) =>
      this.serveUpgrade(this.model.containers.find(id), origin, request, socket, head),
    );
    this.local.set(id, server);
    server.listen(Number(url.port), "127.0.0.1");
    await once(server, "listening");
  }

  /** Closes the container's address on localhost for good. */
  async close(id: string): Promise<void> {
    await closeNow(this.local.get(id));
    this.local.delete(id);
    this.model.ports.remove(`container ${id}`);
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.local.values()].map(closeNow));
  }

  private containerOf({ headers }: IncomingMessage): Container | undefined {
    const endpoint = `https://${(headers.host ?? "").replace(/:\d+$/, "")}`;
    return this.model.containers.list(({ public_endpoint }) => public_endpoint === endpoint)[0];
  }

  private serve(
    container: Container | undefined,
    origin: Origin,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    if (!container) return answer(response, 404, "there is no container at this address");
    if (!this.mayCall(container, request)) return answer(response, 403, "the container is private");
    const forwarding = this.forwardingTo(container, origin, request);
    if (!forwarding) return answer(response, 503, "the container is not ready");
    forward(request, response, forwarding);
  }

  private serveUpgrade(
    container: Container | undefined,
    origin: Origin,
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): void {
    const allowed = container && this.mayCall(container, request);
    const forwarding = allowed && this.forwardingTo(container, origin, request);
    if (forwarding) forwardUpgrade(request, socket, head, forwarding);
    else socket.destroy();
  }

  private mayCall(container: Container, { headers }: IncomingMessage): boolean {
    if (container.privacy === "public") return true;
    try {
      const key = authenticate(this.model, headers["x-auth-token"]);
      return isAllowed(this.model, key, setsFor("containers", "read"));
    } catch {
      return false;
    }
  }

  private forwardingTo(
    container: Container,
    origin: Origin,
    request: IncomingMessage,
  ): Forwarding | undefined {
    const revision = this.model.revisions.find(container.id);
    return (
      revision && {
        upstream: revision,
        headers: forwardedHeaders(request, origin),
        answered: (headers) => withLocation(headers, container.public_endpoint, origin),
        failed: (response) => answer(response, 502, "the container does not answer"),
      }
    );
  }
}

function forwardedHeaders(request: IncomingMessage, { scheme, host }: Origin): OutgoingHttpHeaders {
  const client = request.socket.remoteAddress ?? "127.0.0.1";
  const before = request.headers["x-forwarded-for"];
  return {
    ...request.headers,
    host,
    "x-forwarded-proto": scheme,
    "x-forwarded-host": host,
    "x-forwarded-for": before ? `${String(before)}, ${client}` : client,
  };
}

/** A redirection to the public endpoint stays at the address that the client came by. */
function withLocation(
  headers: IncomingMessage["headers"],
  endpoint: string,
  { scheme, host }: Origin,
): OutgoingHttpHeaders {
  const { location } = headers;
  if (!location?.startsWith(endpoint)) return headers;
  return { ...headers, location: `${scheme}://${host}${location.slice(endpoint.length)}` };
}

function answer(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "content-type": "text/plain" }).end(`${message}\n`);
}

async function closeNow(server: Server | undefined): Promise<void> {
  if (!server) return;
  server.close();
  server.closeAllConnections();
}
