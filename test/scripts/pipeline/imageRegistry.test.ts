import { createServer, Server } from "node:http";
import { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { tagImage } from "../../../scripts/pipeline/imageRegistry";
import { tagVersions } from "../../../scripts/pipeline/versionTags";

const digest = `sha256:${"0123456789ab".padEnd(64, "c")}`;
const basic = `Basic ${Buffer.from("nologin:secret").toString("base64")}`;
const type = "application/vnd.docker.distribution.manifest.v2+json";

let server: Server;
let host: string;
let put: { path: string; type?: string; body: string }[];
/** How the registry wants its clients to log in. */
let wanted: string;

beforeEach(async () => {
  put = [];
  wanted = basic;
  server = createServer(async (request, response) => {
    const body = await text(request);
    const { pathname, searchParams } = new URL(request.url!, `http://${host}`);
    if (pathname === "/token") {
      const right = searchParams.get("scope") === "repository:ns/image:pull,push";
      const known = request.headers.authorization === basic && searchParams.get("service") === "rg";
      response.writeHead(right && known ? 200 : 401).end(JSON.stringify({ token: "for-an-hour" }));
    } else if (request.headers.authorization !== wanted) {
      const challenge = `Bearer realm="http://${host}/token",service="rg",scope="registry:catalog:*"`;
      response.writeHead(401, { "www-authenticate": challenge }).end();
    } else if (request.method === "PUT") {
      put.push({ path: pathname, type: request.headers["content-type"], body });
      response.writeHead(201).end();
    } else if (
      pathname === `/v2/ns/image/manifests/${digest}` &&
      request.headers.accept?.includes(type)
    ) {
      response.writeHead(200, { "content-type": type }).end("the manifest, to the byte\n");
    } else response.writeHead(404).end("no such manifest");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => server.close());

const expected = (tag: string) => [
  { path: `/v2/ns/image/manifests/${tag}`, type, body: "the manifest, to the byte\n" },
];

test("an image gets one more tag: its manifest, as it is", async () => {
  await tagImage(`${host}/ns/image@${digest}`, "one-more", "secret");
  expect(put).toEqual(expected("one-more"));
});

test("a registry that gives out tokens is asked for one that may pull and push this image", async () => {
  wanted = "Bearer for-an-hour";
  await tagImage(`${host}/ns/image@${digest}`, "one-more", "secret");
  expect(put).toEqual(expected("one-more"));
});

test("what a stack runs is tagged with its name and the image's short digest, each image once", async () => {
  const image = `${host}/ns/image@${digest}`;
  await tagVersions("preprod", { webserver: image, scheduler: image }, "secret");
  expect(put).toEqual(expected("preprod-0123456789ab"));
});

test("what the registry refuses is an error, without the key", async () => {
  const failure = tagImage(`${host}/ns/other@${digest}`, "one-more", "secret");
  await expect(failure).rejects.toThrow("answered 404: no such manifest");
  const refused = tagImage(`${host}/ns/image@${digest}`, "one-more", "other-secret");
  await expect(refused).rejects.toThrow(/^((?!other-secret).)*answered 401/);
});

test("an image without a digest is refused", async () => {
  await expect(tagImage(`${host}/ns/image:latest`, "x", "secret")).rejects.toThrow(
    "by its registry and digest",
  );
});
