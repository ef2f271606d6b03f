import fastify, { type FastifyError, type FastifyInstance } from "fastify";
import { say } from "../../tools/progress";
import type { Model } from "../model";
import { authorize } from "./access";
import { ApiError } from "./errors";

/** A part of the API that adds its routes. */
export type Routes = (app: FastifyInstance) => void;

/**
 * The API: every call outside `/emulator` needs an API key, and a call that is not emulated says so
 * instead of pretending.
 */
export function createApi(model: Model, routes: Routes[]): FastifyInstance {
  const app = fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 300 } });
  acceptEmptyJson(app);
  app.addHook("onRequest", async (request) => {
    if (!request.url.startsWith("/emulator/")) authorize(model, request);
  });
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    if (error instanceof ApiError) return reply.code(error.status).send(error.body);
    const status = error.statusCode ?? 500;
    if (status >= 500) say(`${request.method} ${request.url}: ${error.stack}`);
    return reply.code(status).send({ message: error.message });
  });
  app.setNotFoundHandler((request, reply) =>
    reply
      .code(501)
      .send({ message: `the emulator does not answer ${request.method} ${request.url}` }),
  );
  for (const add of routes) add(app);
  return app;
}

function acceptEmptyJson(app: FastifyInstance): void {
  app.removeContentTypeParser("application/json");
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => {
    try {
      done(null, body === "" ? {} : JSON.parse(body as string));
    } catch {
      done(new ApiError(400, { message: "the body is not JSON" }));
    }
  });
}
