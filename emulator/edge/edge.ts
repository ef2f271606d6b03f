import type { Socket } from "node:dgram";
import type { Server } from "node:net";
import { listen } from "../listening";
import type { CertificateAuthority } from "./authority";
import { createConnectProxy } from "./connectProxy";
import { type EdgeService, createEdge } from "./listener";
import { startResolver } from "./resolver";

/** The ways to the services behind `*.scw.cloud`: for containers by name, for programs on the machine by a proxy. */
export class Edge {
  private constructor(
    private readonly servers: Server[],
    private readonly resolver: Socket,
  ) {}

  /** `gateway` is the host's address on the containers' network. */
  static async start(
    authority: CertificateAuthority,
    services: EdgeService[],
    { gateway, proxyPort }: { gateway: string; proxyPort: number },
  ): Promise<Edge> {
    const edge = await listen(createEdge(authority, services), 443, gateway);
    const proxy = await listen(createConnectProxy(edge), proxyPort);
    return new Edge([edge, proxy], await startResolver(gateway));
  }

  stop(): void {
    for (const server of this.servers) server.close();
    this.resolver.close();
  }
}
