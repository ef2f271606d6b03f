import { setTimeout as delay } from "node:timers/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { parseBody } from "./body";

const fault = z.strictObject({
  /** Calls whose method and path, `POST /rdb/v1/…`, this regular expression finds. */
  call: z.string(),
  /** How many of them. */
  times: z.int().positive(),
  /** Milliseconds to wait first. */
  delay: z.int().nonnegative().default(0),
  /** What to answer instead of doing it; none, and without `lost`: it is only slow. */
  answer: z.object({ status: z.int(), body: z.record(z.string(), z.unknown()) }).optional(),
  /** `before`: the call never arrives. `after`: it is done, but its answer never arrives. */
  lost: z.enum(["before", "after"]).optional(),
});
type Fault = z.output<typeof fault>;

/** Faults that are to strike calls of the API: errors, slowness, and a network that loses requests or answers. */
export class Faults {
  private planned: Fault[] = [];

  routes = (app: FastifyInstance): void => {
    app.put("/emulator/faults", async ({ body }) => {
      this.planned = parseBody(z.object({ faults: z.array(fault) }), body).faults;
      return { faults: this.planned };
    });
    app.get("/emulator/faults", async () => ({ faults: this.planned }));
    app.addHook("onRequest", (request, reply) => this.strike(request, reply));
  };

  private async strike(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const struck = this.take(`${request.method} ${request.url}`);
    if (!struck) return undefined;
    await delay(struck.delay);
    if (struck.lost === "before") {
      request.raw.destroy();
      return reply.hijack();
    }
    if (struck.lost === "after") loseAnswer(reply);
    return struck.answer && reply.code(struck.answer.status).send(struck.answer.body);
  }

  private take(call: string): Fault | undefined {
    if (call.includes(" /emulator/")) return undefined;
    const struck = this.planned.find(({ call: pattern }) => new RegExp(pattern).test(call));
    if (!struck) return undefined;
    struck.times -= 1;
    this.planned = this.planned.filter(({ times }) => times > 0);
    return struck;
  }
}

/** Ends the connection where the answer would begin. */
function loseAnswer({ raw }: FastifyReply): void {
  raw.writeHead = () => {
    raw.socket?.destroy();
    return raw;
  };
}
