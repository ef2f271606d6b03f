const dockerHub = "https://index.docker.io/v1/";

/** The host of a fully qualified image name, or undefined where the name has none. */
export function registryHost(imageName: string): string | undefined {
  const [host, ...path] = imageName.split("/");
  const isHost = path.length > 0 && (/[.:]/.test(host!) || host === "localhost");
  return isHost ? host : undefined;
}

/** The name without tag and digest. */
export function repository(imageName: string): string {
  return imageName.replace(/@.*$/, "").replace(/:[^:/]*$/, "");
}

/** Under which key Docker's configuration keeps the credentials of a registry. */
export function credentialsKey(server: string): string {
  const host = server.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
  return ["docker.io", "index.docker.io", "registry-1.docker.io"].includes(host) ? dockerHub : host;
}
