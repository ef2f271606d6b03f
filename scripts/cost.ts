import { EnvironmentSettings } from "../components/checks/schema";
import { resourceNames } from "../components/names";
import prices from "./prices.json";

/** One thing that is paid for. */
export interface CostItem {
  readonly name: string;
  readonly size: string;
  /** Euros a month; undefined where the price is not known, or depends on use. */
  readonly monthly?: number;
}

/** The size of a container: mvCPU and MB. */
type ContainerSize = Pick<EnvironmentSettings["scheduler"], "cpu" | "memory">;
/** The size of a database: type of node, GB, and whether there are two. */
type DatabaseSize = Pick<
  EnvironmentSettings["database"],
  "nodeType" | "volumeSize" | "highAvailability"
>;

const HOURS = 730;
/** Scaleway bills 128 MB as 0.125 GB. */
const MB_PER_BILLED_GB = 1_024;

/** What an environment that is always on costs in a month, item by item. */
export function monthlyCosts(settings: EnvironmentSettings, environment: string): CostItem[] {
  const names = resourceNames(settings.prefix, environment, settings.names);
  const roles = ["webserver", "scheduler", "dagProcessor"] as const;
  const containers = roles.flatMap((role) => {
    const size = settings[role];
    return size ? [containerItem(names[role], size)] : [];
  });
  const { existing } = settings;
  return [
    ...containers,
    ...(existing.database ? [] : databaseItems(names.database, settings.database)),
    ...logItems(names.bucket, settings.logs),
    { name: names.registry, size: "images, by what is stored in it" },
  ];
}

function databaseItems(name: string, database: EnvironmentSettings["database"]): CostItem[] {
  const { backupRetention: days } = database;
  return [
    databaseItem(name, database),
    { name, size: `snapshots of ${days} day${days > 1 ? "s" : ""}, by their size` },
  ];
}

function logItems(
  name: string,
  { existingBucket, retention }: EnvironmentSettings["logs"],
): CostItem[] {
  if (existingBucket) return [];
  const kept = retention === "forever" ? retention : `for ${retention} days`;
  return [{ name, size: `log bucket, kept ${kept}, by what is in it` }];
}

function containerItem(name: string, size: ContainerSize): CostItem {
  return {
    name,
    size: `container, ${size.cpu} mvCPU, ${size.memory} MB`,
    monthly: containerCost(size),
  };
}

/** What a container that is always on costs in a month, in euros. */
export function containerCost({ cpu, memory }: ContainerSize): number {
  const { vcpuSecond, gigabyteSecond } = prices.container;
  const perSecond = (cpu / 1_000) * vcpuSecond + (memory / MB_PER_BILLED_GB) * gigabyteSecond;
  return perSecond * HOURS * 3_600;
}

function databaseItem(name: string, database: DatabaseSize): CostItem {
  const { nodeType, volumeSize, highAvailability } = database;
  return {
    name,
    size: `database, ${highAvailability ? 2 : 1} × ${nodeType}, ${volumeSize} GB`,
    monthly: databaseCost(database),
  };
}

/** What a database costs in a month, in euros; undefined where the price of the type of node is not known. */
export function databaseCost(database: DatabaseSize): number | undefined {
  const { nodeType, volumeSize, highAvailability } = database;
  const node = (prices.databaseNodeHour.prices as Record<string, number | undefined>)[nodeType];
  const nodes = highAvailability ? 2 : 1;
  return node && nodes * (node * HOURS + volumeSize * prices.databaseVolumeGigabyteMonth.price);
}
