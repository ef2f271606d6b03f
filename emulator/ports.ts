import { freePort } from "./listening";
import type { Model } from "./model";
import type { Port } from "./records";
import type { Collection } from "./store";

/** The port of a server, free when it was first asked for and the same ever since; `wanted` overrides it. */
export async function stablePort(
  ports: Model["ports"],
  id: string,
  wanted: number = 0,
): Promise<number> {
  const known = ports.find(id)?.port;
  if (known && (!wanted || wanted === known)) return known;
  return note(ports, id, wanted || (await newPort(ports)));
}

function note(ports: Collection<Port>, id: string, port: number): number {
  ports.put({ id, port });
  return port;
}

async function newPort(ports: Collection<Port>): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (ports.list((known) => known.port === port).length === 0) return port;
  }
}
