import type { PreviewStep } from "./preview";

type Inputs = Readonly<Record<string, unknown>>;

/** What a change of a property does, by type and property; `*` is for every type. */
const effects: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Container: {
    image: "runs the image that is built here; the former one serves until the new one is ready",
    environmentVariables: "variables",
    secretEnvironmentVariables:
      "secret variables: Airflow's own are derived, yours are those that you have given",
    livenessProbe: "is asked for its health in Airflow's own way, and started anew when it hangs",
    healthCheck: "is asked for its health in Airflow's own way, and started anew when it hangs",
    startupProbe: "gets seven minutes for its start",
    privateNetworkId: "joins the private network, in which it reaches the database",
    privacy: "reachable",
    sandbox: "isolation",
    httpsConnectionsOnly: "is reached by HTTPS only",
    args: "runs the processes",
    minScale: "minimum",
    maxScale: "maximum",
    scalingOptions: "is no longer scaled by its load: there is always one",
  },
  Instance: {
    privateNetwork: "gets an address in the private network, beside those that it has",
    password: "the administrator gets the password that the stack knows",
    encryptionAtRest: "is encrypted, in place; this cannot be turned off again",
    volumeType: "the volume moves to another type, in place",
    engine: "engine",
    disableBackup: "has a snapshot made every day",
    backupSameRegion: "backups on request go to another region",
    backupScheduleFrequency: "hours between snapshots",
    backupScheduleRetention: "days for which snapshots are kept",
  },
  Bucket: {
    lifecycleRules:
      "uploads that nobody finished are removed after a day; no object goes earlier than before",
    forceDestroy: "is not deleted with what is in it",
    versioning: "versions",
  },
  User: {
    password: "gets the password that it has: nothing changes",
    isAdmin: "administrator",
  },
  Namespace: { isPublic: "images can be pulled with a key only" },
  "*": {
    tags: "tags, by which it is known as this stack's",
    description: "description, by which it is known as this stack's",
  },
};

/** What an update of a resource will do, a line for each property that differs. */
export function explainUpdate({
  oldState,
  newState,
  detailedDiff,
  diffReasons,
}: PreviewStep): string[] {
  const type = newState!.type.split(":").pop()!;
  const properties = new Set(
    [...Object.keys(detailedDiff ?? {}), ...(diffReasons ?? [])].map(
      (path) => /^[^.[]+/.exec(path)![0],
    ),
  );
  const before = oldState?.inputs ?? {};
  const after = newState?.inputs ?? {};
  return [...properties]
    .sort()
    .filter((property) => (before[property] ?? after[property] ?? undefined) !== undefined)
    .map((property) => effectOf(type, property, before, after));
}

function effectOf(type: string, property: string, before: Inputs, after: Inputs): string {
  const words = effects[type]?.[property] ?? effects["*"]![property];
  if (property === "environmentVariables") {
    return `${words}: ${namesOf(before[property], after[property])}`;
  }
  const values = `${shown(before[property])} becomes ${shown(after[property])}`;
  if (words === undefined) return `${property}: ${values}`;
  return words.includes(" ") ? words : `${words}: ${values}`;
}

/** Which variables come, go and differ; what is in them is nobody's business. */
function namesOf(before: unknown, after: unknown): string {
  if (!isRecord(before) || !isRecord(after)) return "others";
  const isName = (name: string) => !name.startsWith("__");
  const differing = Object.keys(after).filter(
    (name) => Object.hasOwn(before, name) && before[name] !== after[name],
  );
  const parts = [
    ["new", Object.keys(after).filter((name) => !Object.hasOwn(before, name))],
    ["gone", Object.keys(before).filter((name) => !Object.hasOwn(after, name))],
    ["differing", differing],
  ] as const;
  return parts
    .map(([what, names]) => [what, names.filter(isName).sort()] as const)
    .filter(([, names]) => names.length > 0)
    .map(([what, names]) => `${what} ${names.join(", ")}`)
    .join("; ");
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const LONGEST = 60;

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
