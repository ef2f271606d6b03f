import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dockerClient } from "../../docker";
import { run, succeeds } from "../../shell";
import { Action } from "../server";
import { repository } from "./imageName";
import { ImageInputs } from "./inputs";

/** Builds an image and tags it; gives its local id. */
export async function buildImage(
  { build, imageName }: ImageInputs,
  { report, signal }: Action,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "docker-build-"));
  const idFile = join(folder, "id");
  const useBuildKit = build.builderVersion !== "BuilderV1";
  const args = [
    "build",
    ...[
      "--tag",
      imageName,
      "--file",
      build.dockerfile,
      "--platform",
      build.platform,
      "--iidfile",
      idFile,
    ],
    ...(useBuildKit ? ["--progress", "plain"] : []),
    ...Object.keys(build.args ?? {}).flatMap((name) => ["--build-arg", name]),
    ...(build.cacheFrom?.images ?? []).flatMap((image) => ["--cache-from", image]),
    ...(build.addHosts ?? []).flatMap((host) => ["--add-host", host]),
    ...(build.network ? ["--network", build.network] : []),
    ...(build.target ? ["--target", build.target] : []),
    build.context,
  ];
  const docker = await dockerClient();
  try {
    await pull(build.cacheFrom?.images ?? [], { docker, env, signal });
    await run(docker, args, {
      // Build arguments are given by the environment, so that no process list shows their values.
      env: {
        ...build.args,
        ...env,
        DOCKER_BUILDKIT: useBuildKit ? "1" : "0",
        BUILDX_NO_DEFAULT_ATTESTATIONS: "1",
      },
      onLine: report,
      signal,
    });
    return readFileSync(idFile, "utf8").trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Engines before 24 use a cache in a registry only every second time: what they take from there while they build, they
 * do not name as cache of the new image (moby/buildkit#3730). What they have pulled before, they do.
 */
async function pull(
  images: string[],
  { docker, env, signal }: { docker: string; env: NodeJS.ProcessEnv; signal: AbortSignal },
): Promise<void> {
  const does = (...args: string[]) => succeeds(docker, args, { env, signal });
  for (const image of images) {
    if (!(await does("image", "inspect", image))) await does("pull", "--quiet", image);
  }
}

/** Pushes an image; gives the reference under which the registry has exactly this build. */
export async function pushImage(
  { imageName }: ImageInputs,
  { report, signal }: Action,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const output = await run(await dockerClient(), ["push", imageName], {
    env,
    onLine: report,
    signal,
  });
  const [, digest] = /digest: (sha256:[0-9a-f]{64})/.exec(output) ?? [];
  if (!digest) throw new Error(`The push of ${imageName} ended without a digest:\n${output}`);
  return `${repository(imageName)}@${digest}`;
}
