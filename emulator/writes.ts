import type { IncomingMessage } from "node:http";
import type { Routes } from "./api/server";
import type { EdgeService } from "./edge/listener";

const reads = ["GET", "HEAD", "OPTIONS"];

/** The calls that write, of the API, the object storage and the registry: all but reads, in their order. */
export class Writes {
  private readonly calls: string[] = [];

  note = ({ method = "GET", url = "/", headers }: IncomingMessage): void => {
    if (url.startsWith("/emulator/") || reads.includes(method)) return;
    this.calls.push(`${method} ${headers.host}${url}`);
  };

  routes: Routes = (app) => {
    app.get("/emulator/writes", async () => this.calls);
    app.addHook("onRequest", async ({ raw }) => this.note(raw));
  };

  /** The same service, whose calls are noted. */
  noted(service: EdgeService): EdgeService {
    return {
      owns: service.owns,
      handle: (request, response) => {
        this.note(request);
        service.handle(request, response);
      },
    };
  }
}
