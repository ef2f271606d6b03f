import type Dockerode from "dockerode";

/** How to log in to the registry that an image comes from. */
export interface RegistryLogin {
  /** Host and port as they stand in image references. */
  host: string;
  username: string;
  password: string;
}

/** Brings an image to the Docker engine; an image of another registry may be there already. */
export async function pullImage(
  docker: Dockerode,
  image: string,
  login: RegistryLogin,
): Promise<void> {
  const isOurs = image.startsWith(`${login.host}/`);
  if (!isOurs && (await isPresent(docker, image))) return;
  const authconfig = isOurs
    ? { username: login.username, password: login.password, serveraddress: login.host }
    : undefined;
  const progress = await docker.pull(withTag(image), { authconfig });
  await new Promise<void>((resolve, reject) =>
    docker.modem.followProgress(progress, (error) => (error ? reject(error) : resolve())),
  );
}

/** Without a tag Docker would pull every tag of the repository. */
function withTag(image: string): string {
  const name = image.slice(image.lastIndexOf("/") + 1);
  return /[:@]/.test(name) ? image : `${image}:latest`;
}

async function isPresent(docker: Dockerode, image: string): Promise<boolean> {
  return docker
    .getImage(image)
    .inspect()
    .then(
      () => true,
      () => false,
    );
}
