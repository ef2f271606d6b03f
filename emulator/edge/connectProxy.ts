import { type Server, createServer } from "node:http";
import type { Server as TlsServer } from "node:https";
import { connect } from "node:net";
import type { Duplex } from "node:stream";

/** Host names that the edge answers for. */
export const isCloudName = (host: string): boolean => host.endsWith(".scw.cloud");

/** A proxy for HTTPS clients: cloud names lead to the edge, everything else goes through unchanged. */
export function createConnectProxy(edge: TlsServer): Server {
  const proxy = createServer((_request, response) => {
    response.writeHead(405).end("this proxy is for HTTPS only\n");
  });
  proxy.on("connect", (request, socket, head) => {
    const [, host = "", port = "443"] = /^\[?([^\]]+)\]?:(\d+)$/.exec(request.url ?? "") ?? [];
    socket.on("error", () => socket.destroy());
    if (!isCloudName(host)) return tunnel(socket, head, host, Number(port));
    accept(socket);
    if (head.length > 0) socket.unshift(head);
    edge.emit("connection", socket);
  });
  return proxy;
}

function tunnel(socket: Duplex, head: Buffer, host: string, port: number): void {
  const onward = connect(port, host, () => {
    accept(socket);
    onward.write(head);
    onward.pipe(socket).pipe(onward);
  });
  onward.on("error", () => socket.destroy());
  socket.on("close", () => onward.destroy());
}

const accept = (socket: Duplex) => socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
