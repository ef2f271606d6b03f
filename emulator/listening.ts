import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";

/** Lets a server listen; an error says what to do if it cannot. */
export async function listen<S extends Server>(
  server: S,
  port: number,
  host = "127.0.0.1",
): Promise<S> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EACCES") throw new Error(`listening on port ${port} needs root`);
    if (code === "EADDRINUSE") {
      throw new Error(`port ${port} of ${host} is taken by another program`);
    }
    throw error;
  }
  return server;
}

/** A port of loopback that nobody uses. */
export async function freePort(): Promise<number> {
  const server = await listen(createServer(), 0);
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
