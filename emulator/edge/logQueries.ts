import type { IncomingMessage, ServerResponse } from "node:http";
import type { InstanceLine, Printed } from "../containers/printed";
import type { Model } from "../model";
import type { EdgeService } from "./listener";

const readers = ["read_only_logs", "full_access_logs_rules"];

/** Cockpit's Loki: answers queries for the lines of one container. */
export class LogQueries implements EdgeService {
  constructor(
    private readonly model: Pick<Model, "cockpitTokens">,
    private readonly printed: Printed,
  ) {}

  owns = (host: string): boolean => host.includes(".logs.cockpit.");

  handle(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? "", "https://loki");
    const container = /resource_id="([^"]+)"/.exec(url.searchParams.get("query") ?? "")?.[1];
    if (!this.mayRead(request)) return answer(response, 401, "a token that reads logs is missing");
    if (url.pathname !== "/loki/api/v1/query_range" || !container) {
      return answer(response, 501, "only query_range of one resource_id is emulated");
    }
    const limit = Number(url.searchParams.get("limit") ?? 100);
    void this.printed.of(container).then(
      (lines) => answer(response, 200, JSON.stringify(streams(container, lines.slice(-limit)))),
      (error: Error) => answer(response, 500, error.message),
    );
  }

  private mayRead({ headers }: IncomingMessage): boolean {
    const secret = headers["x-token"] ?? headers.authorization?.replace(/^Bearer /, "");
    const [token] = this.model.cockpitTokens.list(({ secret_key }) => secret_key === secret);
    return readers.some((scope) => token?.scopes.includes(scope));
  }
}

/** Lines as Scaleway keeps them: JSON around what was printed, the newest first. */
function streams(resource_id: string, lines: InstanceLine[]) {
  const values = lines.map(({ time, instance, text }) => [
    nanoseconds(time),
    JSON.stringify({ resource_instance: instance, message: text }),
  ]);
  const stream = { resource_type: "serverless_container", resource_id };
  return {
    status: "success",
    data: { resultType: "streams", result: [{ stream, values: values.reverse() }] },
  };
}

/** Docker gives times as RFC 3339 with nine digits, Loki as nanoseconds since the epoch. */
function nanoseconds(time: string): string {
  const fraction = /\.(\d+)Z$/.exec(time)?.[1] ?? "";
  return `${Math.floor(Date.parse(time) / 1000)}${fraction.padEnd(9, "0")}`;
}

function answer(response: ServerResponse, status: number, content: string): void {
  response.writeHead(status, { "content-type": "application/json" }).end(content);
}
