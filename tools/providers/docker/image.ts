import { existsSync, realpathSync } from "node:fs";
import { arch } from "node:os";
import { isAbsolute, join, relative } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { hasUnknowns, inputFailures, knownOnly } from "../inputs";
import { Failure, Properties, ResourceType, unknownValue } from "../server";
import { buildImage, pushImage } from "./build";
import { contextDigest } from "./contextDigest";
import { withCredentials } from "./credentials";
import { registryHost } from "./imageName";
import { ImageInputs, imageInputs } from "./inputs";

/** An image that is built and pushed again whenever what it is made of changes. */
export const image: ResourceType = {
  check: checkImage,
  diff: (olds, news) => ({ changed: changedInputs(olds, news), replace: false }),
  create: async (given, action) => {
    if (action.preview && !canBuildOnPreview(given)) return { id: "", outputs: given };
    const inputs = knownOnly(given) as ImageInputs;
    const { build, imageName, registry } = inputs;
    const repoDigest = await withCredentials(inputs, async (env) => {
      const id = await buildImage(inputs, action, env);
      return inputs.skipPush || action.preview ? id : pushImage(inputs, action, env);
    });
    const outputs = {
      baseImageName: imageName,
      context: build.context,
      dockerfile: relative(build.context, build.dockerfile),
      imageName,
      platform: build.platform,
      registryServer: registry?.server ?? "",
      repoDigest,
    };
    return { id: imageName, outputs };
  },
};

/** Completes the inputs, and adds the digest of the context, by which a change of a file is noticed. */
export function checkImage(given: Properties): { inputs: Properties; failures: Failure[] } {
  const failures = inputFailures(imageInputs, ["imageName"], given);
  const inputs: Properties = { ...given, buildOnPreview: given.buildOnPreview ?? false };
  if (failures.length > 0 || given.build === unknownValue) return { inputs, failures };
  const build = withDefaults((given.build ?? {}) as Properties);
  inputs.build = build;
  failures.push(...nameFailures(given), ...addDigest(build));
  return { inputs, failures };
}

function withDefaults(given: Properties): Properties {
  const architecture = arch() === "x64" ? "amd64" : arch();
  const context = given.context ?? ".";
  const dockerfile =
    context === unknownValue ? unknownValue : join(context as string, "Dockerfile");
  return {
    ...given,
    context,
    dockerfile: given.dockerfile ?? dockerfile,
    platform: given.platform ?? `linux/${architecture}`,
  };
}

function nameFailures({ imageName, skipPush }: Properties): Failure[] {
  if (imageName === unknownValue || skipPush === true || registryHost(imageName as string))
    return [];
  const reason = "must begin with the registry's host, as in `docker.io/user/image:tag`";
  return [{ property: "imageName", reason }];
}

/** Adds the digest of the context to a build; where there is nothing to read, says why. */
function addDigest(build: Properties): Failure[] {
  const { context, dockerfile } = build as { context: string; dockerfile: string };
  if (context === unknownValue || dockerfile === unknownValue) return [];
  if (!existsSync(context)) {
    return [{ property: "build.context", reason: `there is no folder ${context}` }];
  }
  if (!existsSync(dockerfile)) {
    const other = isAbsolute(dockerfile) ? "" : join(context, dockerfile);
    const hint = existsSync(other) ? `; did you mean ${other}?` : "";
    return [{ property: "build.dockerfile", reason: `there is no file ${dockerfile}${hint}` }];
  }
  build.contextDigest = contextDigest(realpathSync(context), dockerfile);
  return [];
}

/** The inputs that differ; new credentials for the registry are no reason to build. */
export function changedInputs(olds: Properties, news: Properties): string[] {
  const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
  return names.filter((name) => !isDeepStrictEqual(relevant(name, olds), relevant(name, news)));
}

function relevant(name: string, inputs: Properties): unknown {
  const value = inputs[name];
  return name === "registry" && value !== unknownValue
    ? (value as Properties | undefined)?.server
    : value;
}

function canBuildOnPreview({ build, buildOnPreview, imageName }: Properties): boolean {
  return buildOnPreview === true && !hasUnknowns([build, imageName]);
}
