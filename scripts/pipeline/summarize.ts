import { containerCost, databaseCost } from "../cost";
import { Change, PreviewSummary } from "./previewSummary";

/** What `pulumi preview --json` prints, as far as it is read here. Pulumi has put `[secret]` for every secret. */
export interface Digest {
  readonly steps?: readonly Step[];
  readonly diagnostics?: readonly { readonly severity: string; readonly message: string }[];
}

interface Step {
  readonly op: string;
  readonly urn: string;
  readonly oldState?: State;
  readonly newState?: State;
  readonly detailedDiff?: Readonly<Record<string, unknown>> | null;
  readonly diffReasons?: readonly string[] | null;
}

interface State {
  readonly type: string;
  readonly custom?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** The most serious first. Of the three steps of a replacement, the one called so knows the old and the new state. */
const ACTIONS = [
  ["replace", "replaced"],
  ["delete", "deleted"],
  ["update", "updated"],
  ["create", "created"],
] as const;

/** The changes that a preview announces, and what they cost. */
export function summarize({
  steps = [],
}: Digest): Pick<PreviewSummary, "changes" | "costDifference"> {
  const own = ACTIONS.flatMap(([op, action]) =>
    steps
      .filter((step) => step.op === op && isCloudResource(step))
      .map((step) => ({ ...step, action })),
  );
  const costs = own.map(({ oldState, newState }) => monthly(newState) - monthly(oldState));
  const costDifference = costs.reduce((sum, cost) => sum + cost, 0);
  return {
    changes: own.map(({ action, ...step }) => changeOf(step, action)),
    ...(Number.isNaN(costDifference) ? {} : { costDifference }),
  };
}

/** Components and providers are no resources of a cloud. */
function isCloudResource(step: Step): boolean {
  const { type, custom } = stateOf(step);
  return custom === true && !type.startsWith("pulumi:");
}

function stateOf({ newState, oldState }: Step): State {
  return (newState ?? oldState)!;
}

function changeOf(step: Step, action: Change["action"]): Change {
  const { type, inputs } = stateOf(step);
  const hasBoth = step.newState !== undefined && step.oldState !== undefined;
  return {
    action,
    type,
    name: typeof inputs?.name === "string" ? inputs.name : step.urn.split("::").at(-1)!,
    differences: hasBoth ? differences(step) : [],
  };
}

/** What the price of a container and of a database depends on. */
interface Priced {
  readonly cpuLimit: number;
  readonly memoryLimitBytes: number;
  readonly nodeType: string;
  readonly volumeSizeInGb: number;
  readonly isHaCluster: boolean;
}

/** What a resource costs in a month: 0 where it is not paid for by itself, NaN where the price is not known. */
function monthly(state: State | undefined): number {
  const inputs = (state?.inputs ?? {}) as unknown as Priced;
  switch (state?.type) {
    case "scaleway:containers/container:Container": {
      const { cpuLimit: cpu, memoryLimitBytes } = inputs;
      return containerCost({ cpu, memory: memoryLimitBytes / MEGABYTE });
    }
    case "scaleway:databases/instance:Instance": {
      const { nodeType, volumeSizeInGb: volumeSize, isHaCluster: highAvailability } = inputs;
      return databaseCost({ nodeType, volumeSize, highAvailability }) ?? NaN;
    }
    default:
      return 0;
  }
}

const MEGABYTE = 1_000_000;

/** The properties that differ; those of variables by name alone. */
function differences(step: Step): string[] {
  const paths = Object.keys(step.detailedDiff ?? {});
  const properties = paths.length > 0 ? paths : (step.diffReasons ?? []);
  return [...new Set(properties.map((path) => difference(path, step)))].sort();
}

function difference(path: string, { oldState, newState }: Step): string {
  const [, kind, variable] =
    /^(secretEnvironmentVariables|environmentVariables)\.(.+)$/.exec(path) ?? [];
  if (variable !== undefined)
    return `${kind!.startsWith("secret") ? "secret " : ""}variable ${variable}`;
  const { label = path, show } = PROPERTIES[path] ?? {};
  if (show === undefined) return label;
  const [before, after] = [oldState, newState].map((state) => shown(state?.inputs?.[path], show));
  return `${label}: ${before} → ${after}`;
}

/** How a property is called, and how its value is shown if that says something and is nobody's secret. */
interface Property {
  readonly label: string;
  readonly show?: (value: string | number | boolean) => string;
}

const megabytes = (bytes: string | number | boolean) => `${Number(bytes) / MEGABYTE} MB`;
const shortReference = (image: string | number | boolean) =>
  String(image).replace(/(sha256:[0-9a-f]{12})[0-9a-f]*$/, "$1");

const PROPERTIES: Readonly<Record<string, Property | undefined>> = {
  backupScheduleRetention: { label: "days of backups", show: String },
  cpuLimit: { label: "mvCPU", show: String },
  environmentVariables: { label: "variables" },
  image: { label: "image", show: shortReference },
  imageName: { label: "where it is pushed" },
  isHaCluster: { label: "two nodes", show: String },
  localStorageLimitBytes: { label: "disk", show: megabytes },
  memoryLimitBytes: { label: "memory", show: megabytes },
  name: { label: "name", show: String },
  nodeType: { label: "type of node", show: String },
  secretEnvironmentVariables: { label: "secret variables" },
  timeout: { label: "seconds for a request", show: String },
  volumeSizeInGb: { label: "GB", show: String },
};

/** What the engine gives for a value that is known only after the update. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function shown(value: unknown, show: NonNullable<Property["show"]>): string {
  if (value === undefined || value === null) return "none";
  if (value === UNKNOWN) return "known after the update";
  return typeof value === "object" ? "…" : show(value as string);
}
