import { z } from "zod";
import { parseMegabytes, parseMillicpu, parseSeconds } from "../units";
import { quantity } from "./values";

const cpu = quantity(
  "an amount of CPU; allowed: 70 to 6000 mvCPU, such as 1000, 1000m or 1 vCPU",
  parseMillicpu,
  "1 vCPU",
).describe("Computing power, in mvCPU (thousandths of a virtual CPU) or with a unit: 1000, 1 vCPU");

const memory = quantity(
  "an amount of memory; allowed: 128 to 12288 MB, such as 4096, 4GB or 4Gi",
  parseMegabytes,
  "4Gi",
).describe("Memory, in MB of 10^6 bytes or with a unit: 4096, 4GB, 4Gi");

const localStorage = quantity(
  "a size of a disk; allowed: up to 24000 MiB, such as 10000, 10GB or 10Gi",
  parseMegabytes,
  "10GB",
).describe("Disk, in MB of 10^6 bytes or with a unit: 10000, 10GB");

const requestTimeout = quantity(
  "a length of time; allowed: up to 60 minutes, such as 300, 300s or 5 minutes",
  parseSeconds,
  "300s",
).describe("How long a request may take, in seconds or with a unit: 300, 5 minutes");

const sizes = { cpu, memory, localStorage };
const notSizes = { error: "is not a list of settings such as cpu and memory" };

export const webserver = z
  .strictObject(
    {
      cpu: cpu.default(1_000),
      memory: memory.default(2_048),
      localStorage: localStorage.default(1_000),
      requestTimeout: requestTimeout.default(300),
    },
    notSizes,
  )
  .describe("The webserver's container");

export const scheduler = z
  .strictObject(
    {
      cpu: cpu.default(2_000),
      memory: memory.default(4_096),
      localStorage: localStorage.default(10_000),
    },
    notSizes,
  )
  .describe("The scheduler's container, in which the tasks run");

const DAG_PROCESSOR = { cpu: 1_000, memory: 1_024, localStorage: 1_000 };

export const dagProcessor = z
  .strictObject(sizes, notSizes)
  .partial()
  .describe(
    "With any size: the dag-processor gets a container of its own; else it is in the scheduler's",
  )
  .transform((written) =>
    Object.keys(written).length === 0 ? undefined : { ...DAG_PROCESSOR, ...written },
  );
