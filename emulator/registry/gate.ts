import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import { authenticate, isAllowed, setsFor } from "../api/access";
import { forward } from "../edge/forward";
import type { Model } from "../model";
import type { ApiKey } from "../records";

/**
 * The registry's front: clients log in with any user name and the secret key of an API key, and reach only
 * the namespaces that exist.
 */
export function createRegistryGate(model: Model, registry: { port: number }): Server {
  return createServer((request, response) => {
    const refusal = refuse(model, request);
    if (refusal) return answerError(response, ...refusal);
    forward(request, response, {
      upstream: { address: "127.0.0.1", port: registry.port },
      headers: request.headers,
      failed: (failed) => answerError(failed, 502, "UNAVAILABLE", "the registry does not answer"),
    });
  });
}

type Refusal = [status: number, code: string, message: string];

function refuse(model: Model, request: IncomingMessage): Refusal | undefined {
  const key = apiKeyOf(model, request);
  if (!key) return [401, "UNAUTHORIZED", "log in with the secret key of an API key"];
  const [, name] = /^\/v2\/([^/?]+)\/./.exec(request.url ?? "") ?? [];
  if (!name) return undefined;
  const namespace = model.registryNamespaces.list((known) => known.name === name)[0];
  if (!namespace) return [404, "NAME_UNKNOWN", `there is no registry namespace ${name}`];
  const action = request.method === "GET" || request.method === "HEAD" ? "read" : "write";
  if (isAllowed(model, key, setsFor("registry", action), namespace.project_id)) return undefined;
  return [403, "DENIED", "the API key may not do this"];
}

function apiKeyOf(model: Model, request: IncomingMessage): ApiKey | undefined {
  const [, encoded = ""] = /^Basic (.+)$/i.exec(request.headers.authorization ?? "") ?? [];
  const [, password] = /^[^:]*:(.*)$/s.exec(Buffer.from(encoded, "base64").toString()) ?? [];
  try {
    return authenticate(model, password);
  } catch {
    return undefined;
  }
}

function answerError(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
): void {
  response.writeHead(status, {
    "content-type": "application/json",
    "docker-distribution-api-version": "registry/2.0",
    ...(status === 401 && { "www-authenticate": 'Basic realm="registry"' }),
  });
  response.end(JSON.stringify({ errors: [{ code, message }] }));
}
