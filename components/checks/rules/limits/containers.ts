import { Finding } from "../../problem";
import { outside, Range } from "./range";

const CPU: Range = { least: 70, most: 6_000, unit: "mvCPU" };
/** Scaleway's documentation says 12228, but containers of 12288 MB run in production. */
const MEMORY: Range = { least: 128, most: 12_288, unit: "MB" };
/** Scaleway's API, to who asks for more or less: "2000 mvCPU require a minimum of 2000 MB and a maximum of 8000 MB". */
const MEMORY_PER_CPU: Range = { least: 1, most: 4 };
/** 24000 MiB, the documented limit, in MB. */
const LOCAL_STORAGE: Range = { least: 1, most: 25_166, unit: "MB" };
const TIMEOUT: Range = { least: 10, most: 3_600, unit: "seconds" };
const PORT: Range = { least: 1, most: 65_535 };
const RESERVED_PORTS = [8_008, 8_012, 8_013, 8_022, 9_090, 9_091];

/** A container's CPU, in mvCPU. */
export const checkCpu = (cpu: number): Finding | undefined => outside(cpu, CPU);

/** A container's memory, in MB. */
export const checkMemory = (memory: number): Finding | undefined => outside(memory, MEMORY);

/** A container's disk, in MB. */
export const checkLocalStorage = (size: number): Finding | undefined =>
  outside(size, LOCAL_STORAGE);

/** How long a container may take to answer, in seconds. */
export const checkTimeout = (seconds: number): Finding | undefined => outside(seconds, TIMEOUT);

/** A container's CPU and memory, each allowed, in relation to each other. */
export function checkPair(cpu: number, memory: number): Finding | undefined {
  const memories = {
    least: Math.max(MEMORY.least, cpu * MEMORY_PER_CPU.least),
    most: Math.min(MEMORY.most, cpu * MEMORY_PER_CPU.most),
  };
  if (memory >= memories.least && memory <= memories.most) return undefined;
  const cpus = {
    least: Math.max(CPU.least, Math.ceil(memory / MEMORY_PER_CPU.most)),
    most: Math.min(CPU.most, Math.floor(memory / MEMORY_PER_CPU.least)),
  };
  return {
    message:
      `${memory} MB of memory do not go with ${cpu} mvCPU; allowed: ${memories.least} to ${memories.most} MB ` +
      `with ${cpu} mvCPU, or ${cpus.least} to ${cpus.most} mvCPU with ${memory} MB`,
    fix: String(memory < memories.least ? memories.least : memories.most),
  };
}

/** The port on which a container listens. */
export function checkPort(port: number): Finding | undefined {
  if (!RESERVED_PORTS.includes(port)) return outside(port, PORT);
  return {
    message: `${port} is used by Scaleway itself; allowed: any port but ${RESERVED_PORTS.join(", ")}`,
    fix: "8080",
  };
}
