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

const HOURS = 730;
/** Scaleway bills 128 MB as 0.125 GB. */
const MB_PER_BILLED_GB = 1_024;

/** What an environment that is always on costs in a month, item by item. */
export function monthlyCosts(settings: EnvironmentSettings, environment: string): CostItem[] {
  const names = resourceNames(settings.prefix, environment, settings.names);
  const roles = ["webserver", "scheduler", "dagProcessor"] as const;
  const containers = roles.flatMap((role) => {
    const size = settings[role];
    return size ? [containerCost(names[role], size)] : [];
  });
  const retention = settings.database.backupRetention;
  return [
    ...containers,
    databaseCost(names.database, settings.database),
    { name: names.bucket, size: "log bucket, by what is stored in it" },
    { name: names.registry, size: "images, by what is stored in it" },
    {
      name: names.database,
      size: `backups of ${retention} day${retention > 1 ? "s" : ""}, by their size`,
    },
  ];
}

function containerCost(name: string, { cpu, memory }: { cpu: number; memory: number }): CostItem {
  const { vcpuSecond, gigabyteSecond } = prices.container;
  const perSecond = (cpu / 1_000) * vcpuSecond + (memory / MB_PER_BILLED_GB) * gigabyteSecond;
  return {
    name,
    size: `container, ${cpu} mvCPU, ${memory} MB`,
    monthly: perSecond * HOURS * 3_600,
  };
}

function databaseCost(name: string, database: EnvironmentSettings["database"]): CostItem {
  const { nodeType, volumeSize, highAvailability } = database;
  const node = (prices.databaseNodeHour.prices as Record<string, number | undefined>)[nodeType];
  const nodes = highAvailability ? 2 : 1;
  return {
    name,
    size: `database, ${nodes} × ${nodeType}, ${volumeSize} GB`,
    monthly: node && nodes * (node * HOURS + volumeSize * prices.databaseVolumeGigabyteMonth.price),
  };
}
