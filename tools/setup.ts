import { BaseImages, ensureBaseImages } from "./baseImages";
import { ensureDocker } from "./docker";
import { ensureEngine } from "./engine";
import { say } from "./progress";
import { EmulatorServers, ensureServers } from "./servers";

/** Everything that running an environment on this machine needs. */
export interface Toolbox {
  /** Added to the environment, makes `pulumi` run. */
  readonly engine: NodeJS.ProcessEnv;
  readonly servers: EmulatorServers;
  readonly images: BaseImages;
}

/** Installs or builds what is missing. Each part is kept in the cache, so a second time takes seconds. */
export async function setUp(): Promise<Toolbox> {
  await ensureDocker();
  // The engine keeps one core busy while the base images are mostly downloaded.
  const [engine, [servers, images]] = await Promise.all([
    ensureEngine(),
    ensureServers().then(async (built) => [built, await ensureBaseImages()] as const),
  ]);
  return { engine, servers, images };
}

if (require.main === module) {
  setUp().catch((error: Error) => {
    say(error.message);
    process.exitCode = 1;
  });
}
