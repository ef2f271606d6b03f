import type { LogSettingsArgs } from "../../logBucket";
import { DEFAULT_RETENTION } from "../../logs/logLifecycle";
import type { Problem } from "../problem";
import {
  checkColdStorage,
  checkEncrypted,
  checkEndpoint,
  checkLogRetention,
  checkStorageClass,
} from "./limits/logs";
import { problems, Rule } from "./rule";

/** Ids of the hazards of log buckets in `docs/hazards.md`. */
const GLACIER = "S6";
const LIFECYCLE = "S7";
const EXISTING = "S8";

/** What is wrong with the settings of a log bucket, which stand under `path`. */
export function logProblems(settings: LogSettingsArgs, path: Problem["path"] = []): Problem[] {
  return [
    ...glacierProblems(settings, path),
    ...lifecycleProblems(settings, path),
    ...existingBucketProblems(settings, path),
  ];
}

function glacierProblems({ coldStorage }: LogSettingsArgs, path: Problem["path"]): Problem[] {
  if (!coldStorage) return [];
  const place = [...path, "coldStorage", "storageClass"];
  return problems(GLACIER, place, [checkStorageClass(coldStorage.storageClass)], "warning");
}

function lifecycleProblems(
  { coldStorage, retention = DEFAULT_RETENTION }: LogSettingsArgs,
  path: Problem["path"],
): Problem[] {
  const finding = coldStorage && checkColdStorage(coldStorage, retention);
  return [
    ...problems(LIFECYCLE, [...path, "retention"], [checkLogRetention(retention)]),
    ...problems(LIFECYCLE, [...path, "coldStorage", "after"], [finding]),
  ];
}

function existingBucketProblems(settings: LogSettingsArgs, path: Problem["path"]): Problem[] {
  if (!settings.existingBucket) return [];
  const { endpoint } = settings.existingBucket;
  const place = [...path, "existingBucket", "endpoint"];
  const idle = (["key", "projectId", "coldStorage", "versioning"] as const).filter(
    (key) => settings[key],
  );
  return [
    ...problems(EXISTING, place, [checkEndpoint(endpoint)]),
    ...problems(EXISTING, place, [checkEncrypted(endpoint)], "warning"),
    ...idle.flatMap((key) => problems(EXISTING, [...path, key], [WITHOUT_EFFECT])),
  ];
}

const WITHOUT_EFFECT = {
  message:
    "has no effect on a bucket that exists already; leave it out, or leave out existingBucket",
};

/** The rules about log buckets, each with its part of what `logProblems` finds. */
export const logRules: readonly Rule[] = [GLACIER, LIFECYCLE, EXISTING].map((id) => ({
  id,
  check: ({ logs }) => logProblems(logs, ["logs"]).filter(({ rule }) => rule === id),
}));
