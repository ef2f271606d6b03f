import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { credentialsKey, registryHost } from "./imageName";
import { ImageInputs } from "./inputs";

interface DockerConfig {
  auths?: Record<string, { auth: string }>;
  credHelpers?: Record<string, string>;
}

/**
 * Does something with a Docker configuration that holds the image's credentials besides those of the user. It is in a
 * folder of its own, which only this user can read and which is gone afterwards.
 */
export async function withCredentials<T>(
  { registry, imageName }: ImageInputs,
  use: (env: NodeJS.ProcessEnv) => Promise<T>,
): Promise<T> {
  const server = registry?.server || registryHost(imageName);
  if (!registry?.username || !registry.password || !server) return use({});
  const folder = mkdtempSync(join(tmpdir(), "docker-config-"));
  try {
    const config = copyUserConfig(folder);
    const key = credentialsKey(server);
    const auth = Buffer.from(`${registry.username}:${registry.password}`).toString("base64");
    config.auths = { ...config.auths, [key]: { auth } };
    config.credHelpers = { ...config.credHelpers, [key]: "" }; // else a credentials store would go first
    writeFileSync(join(folder, "config.json"), JSON.stringify(config), { mode: 0o600 });
    return await use({ DOCKER_CONFIG: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Links what else the user's configuration has (plugins, contexts), and gives the configuration itself. */
function copyUserConfig(folder: string): DockerConfig {
  const original = process.env.DOCKER_CONFIG ?? join(homedir(), ".docker");
  if (!existsSync(original)) return {};
  for (const name of readdirSync(original)) {
    if (name !== "config.json") symlinkSync(join(original, name), join(folder, name));
  }
  const file = join(original, "config.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as DockerConfig) : {};
}
