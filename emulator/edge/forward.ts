import {
  type ClientRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
  request as httpRequest,
} from "node:http";
import type { Duplex } from "node:stream";

/** Where a request goes on to. */
export interface Upstream {
  address: string;
  port: number;
}

/** How a request is passed on. */
export interface Forwarding {
  upstream: Upstream;
  /** The headers that the upstream sees. */
  headers: OutgoingHttpHeaders;
  /** Changes the headers of the answer. */
  answered?: (headers: IncomingMessage["headers"], status: number) => OutgoingHttpHeaders;
  /** Answers when the upstream does not. */
  failed: (response: ServerResponse) => void;
}

/** Passes a request on and its answer back, both as streams. */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { upstream, headers, answered = (same) => same, failed }: Forwarding,
): void {
  const onward = requestTo(upstream, request, headers);
  onward.on("response", (answer) => {
    const status = answer.statusCode ?? 502;
    response.writeHead(status, answered(answer.headers, status));
    answer.on("error", () => response.destroy());
    answer.pipe(response);
  });
  onward.on("error", () => (response.headersSent ? response.destroy() : failed(response)));
  response.on("close", () => onward.destroy());
  request.pipe(onward);
}

/** Passes on a request that asks for another protocol, such as WebSocket. */
export function forwardUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  { upstream, headers }: Pick<Forwarding, "upstream" | "headers">,
): void {
  const onward = requestTo(upstream, request, headers);
  onward.on("upgrade", (answer, upstreamSocket, upstreamHead) => {
    const lines = answer.rawHeaders.flatMap((value, index, all) =>
      index % 2 === 0 ? [`${value}: ${all[index + 1]}`] : [],
    );
    socket.write(["HTTP/1.1 101 Switching Protocols", ...lines, "", ""].join("\r\n"));
    socket.write(upstreamHead);
    upstreamSocket.write(head);
    upstreamSocket.pipe(socket).pipe(upstreamSocket);
    upstreamSocket.on("error", () => socket.destroy());
    socket.on("error", () => upstreamSocket.destroy());
  });
  onward.on("response", () => socket.destroy());
  onward.on("error", () => socket.destroy());
  onward.end();
}

/** The same request to the upstream, without its body. */
function requestTo(
  { address: host, port }: Upstream,
  { method, url: path }: IncomingMessage,
  headers: OutgoingHttpHeaders,
): ClientRequest {
  return httpRequest({ host, port, method, path, headers });
}
