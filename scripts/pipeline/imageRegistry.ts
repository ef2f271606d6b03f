/** Where an image is, and which it is. */
export interface ImageReference {
  readonly host: string;
  readonly repository: string;
  readonly digest: string;
}

/** Reads `host/repository@sha256:…`. */
export function imageReference(image: string): ImageReference {
  const [, host, repository, digest] = /^([^/]+)\/(.+)@(sha256:[0-9a-f]{64})$/.exec(image) ?? [];
  if (digest === undefined) throw new Error(`${image} names no image by its registry and digest`);
  return { host: host!, repository: repository!, digest };
}

const MANIFEST_TYPES = [
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.index.v1+json",
].join(", ");

/** Gives an image one more tag: only its manifest is fetched and put (OCI Distribution Specification, "Pushing Manifests"). */
export async function tagImage(image: string, tag: string, secretKey: string): Promise<void> {
  const { host, repository, digest } = imageReference(image);
  // As Docker does, a registry on this machine is spoken to without TLS.
  const scheme = /^(localhost|127\.0\.0\.1)(:|$)/.test(host) ? "http" : "https";
  const manifests = `${scheme}://${host}/v2/${repository}/manifests`;
  const found = await send(`${manifests}/${digest}`, secretKey, {
    headers: { Accept: MANIFEST_TYPES },
  });
  await send(`${manifests}/${tag}`, secretKey, {
    method: "PUT",
    headers: { "Content-Type": found.headers.get("content-type")! },
    body: await found.text(),
  });
}

async function send(url: string, secretKey: string, request: RequestInit): Promise<Response> {
  const basic = `Basic ${Buffer.from(`nologin:${secretKey}`).toString("base64")}`;
  const sendAs = (Authorization: string) =>
    fetch(url, { ...request, headers: { ...request.headers, Authorization } });
  const first = await sendAs(basic);
  const challenge = first.headers.get("www-authenticate") ?? "";
  const answer =
    first.status === 401 && challenge.startsWith("Bearer ")
      ? await sendAs(`Bearer ${await token(challenge, url, basic)}`)
      : first;
  if (answer.ok) return answer;
  const { method = "GET" } = request;
  throw new Error(`${method} ${url} answered ${answer.status}: ${await answer.text()}`);
}

/** The token that a registry sends its clients for (Distribution, "Token Authentication Specification"). */
async function token(challenge: string, url: string, authorization: string): Promise<string> {
  const [realm, service] = ["realm", "service"].map(
    (name) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? "",
  ) as [string, string];
  const [, repository] = /\/v2\/(.+)\/manifests\//.exec(url)!;
  const query = new URLSearchParams({ service, scope: `repository:${repository}:pull,push` });
  const answer = await fetch(`${realm}?${query}`, { headers: { Authorization: authorization } });
  if (!answer.ok) throw new Error(`${realm} answered ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { token: string }).token;
}
