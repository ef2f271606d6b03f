import { createServer, IncomingMessage, ServerResponse } from "node:http";
import { once } from "node:events";
import { AddressInfo } from "node:net";
import { Writes } from "../../emulator/writes";
import { newModel, TestApi } from "./fixtures";

test("calls of the API that write are kept, also those that fail, and reads are not", async () => {
  const writes = new Writes();
  const api = new TestApi(newModel(), writes.routes);
  await api.get("/containers/v1/regions/fr-par/containers");
  await api.post("/containers/v1/regions/fr-par/namespaces", {});
  await api.put("/emulator/faults", { faults: [] });
  const { body } = await api.get("/emulator/writes");
  expect(body).toEqual([
    expect.stringMatching(/^POST 127\.0\.0\.1:\d+\/containers\/v1\/regions\/fr-par\/namespaces$/),
  ]);
});

test("so are those of a service behind the edge", async () => {
  const writes = new Writes();
  const handle = (_: IncomingMessage, response: ServerResponse) => void response.end("served");
  const service = writes.noted({ owns: () => true, handle });
  const server = createServer(service.handle).listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const served = await fetch(`http://${host}/bucket?acl`, { method: "PUT" });
  await fetch(`http://${host}/bucket`);
  server.close();
  expect(await served.text()).toBe("served");
  const api = new TestApi(newModel(), writes.routes);
  expect((await api.get("/emulator/writes")).body).toEqual([`PUT ${host}/bucket?acl`]);
});
