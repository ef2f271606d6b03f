import * as http from "node:http";
import * as https from "node:https";
import { text } from "node:stream/consumers";

/** What to ask, and as whom. */
export interface Request {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  /** Sent as JSON. */
  readonly body?: object;
}

/** An answer that is not a success. */
export class RequestFailed extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Asks for JSON, through the proxy that `HTTPS_PROXY` and `NO_PROXY` name; fails with what was answered instead. */
export async function requestJson<T>(url: string, request: Request = {}): Promise<T> {
  const { method = "GET" } = request;
  const answer = await send(url, { ...request, method });
  const content = await text(answer);
  const status = answer.statusCode ?? 0;
  if (status < 200 || status > 299) {
    const { host, pathname } = new URL(url);
    const reason = content === "" ? "" : `: ${content}`;
    throw new RequestFailed(status, `${method} ${host}${pathname} answered ${status}${reason}`);
  }
  return (content === "" ? undefined : JSON.parse(content)) as T;
}

function send(url: string, { method, headers, body }: Request): Promise<http.IncomingMessage> {
  const { Agent, request } = url.startsWith("https:") ? https : http;
  const options = {
    method,
    headers: { ...(body && { "Content-Type": "application/json" }), ...headers },
    agent: new Agent({ proxyEnv: process.env }),
    signal: AbortSignal.timeout(ANSWER_LIMIT),
  };
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(new Error(unanswered(method, url, error)));
    const sent = request(url, options, resolve).on("error", fail);
    sent.end(body && JSON.stringify(body));
  });
}

function unanswered(method: string | undefined, url: string, { name, message }: Error): string {
  const reason = name === "AbortError" ? `no answer within ${ANSWER_LIMIT / 1_000} s` : message;
  return `${method} ${new URL(url).host} failed: ${reason}`;
}

const ANSWER_LIMIT = 15_000;
