import { z } from "zod";
import { tags } from "../../api/body";
import type { Setting } from "../../records";
import { regionalFields } from "../regional";
import { password } from "./userRules";

const engine = "PostgreSQL-16";
const gigabyte = 1_000_000_000;
const localVolumes: Record<string, number> = { "db-dev-s": 5, "db-dev-m": 25, "db-dev-l": 45 };

export const setting = z.object({ name: z.string(), value: z.string() });

const volumeType = z.enum(["lssd", "bssd", "sbs_5k", "sbs_15k"]);
const volumeSize = z
  .int()
  .refine((size) => size % (5 * gigabyte) === 0, "must be a multiple of 5 GB");

/** Where an instance can be reached: in a private network, or publicly. */
export const endpointSpec = z
  .object({
    private_network: z
      .object({ private_network_id: z.string(), service_ip: z.string().optional() })
      .nullish(),
    load_balancer: z.object({}).nullish(),
  })
  .refine(
    ({ private_network, load_balancer }) => !private_network !== !load_balancer,
    "give exactly one of private_network and load_balancer",
  );

/** One wanted endpoint. */
export type EndpointSpec = z.output<typeof endpointSpec>;

/** What the creation of an instance may hold. */
export const newInstance = z.object({
  ...regionalFields,
  engine: z.literal(engine, `the emulator runs ${engine} only`),
  user_name: z.string().default(""),
  password: z.union([z.literal(""), password]).default(""),
  node_type: z.string().regex(/^db-[a-z0-9-]+$/i, "must be a node type such as db-dev-s"),
  is_ha_cluster: z.boolean().default(false),
  disable_backup: z.boolean().default(false),
  init_settings: z.array(setting).default([]),
  volume_type: volumeType.default("lssd"),
  volume_size: volumeSize.default(0),
  init_endpoints: z.array(endpointSpec).optional(),
  backup_same_region: z.boolean().default(false),
  encryption: z.object({ enabled: z.boolean() }).default({ enabled: false }),
});

/** What a PATCH of an instance may hold. */
export const instanceChanges = z.object({
  name: z.string().min(1).optional(),
  tags: tags.optional(),
  is_backup_schedule_disabled: z.boolean().optional(),
  backup_schedule_frequency: z.int().min(1).optional(),
  backup_schedule_retention: z.int().min(1).max(365).optional(),
  backup_same_region: z.boolean().optional(),
  logs_policy: z
    .object({
      max_age_retention: z.int().nullable().default(null),
      total_disk_retention: z.int().nullable().default(null),
    })
    .optional(),
});

/** What an upgrade may ask for: one of these. */
export const upgrade = z
  .object({
    node_type: z.string().optional(),
    enable_ha: z.boolean().optional(),
    volume_size: volumeSize.optional(),
    volume_type: volumeType.optional(),
    enable_encryption: z.boolean().optional(),
  })
  .refine((wanted) => Object.keys(wanted).length === 1, "asks for what the emulator does not do");

/** The settings of a new instance, as the smallest node has them. */
export const defaultSettings: Setting[] = [
  { name: "effective_cache_size", value: "1300" },
  { name: "maintenance_work_mem", value: "150" },
  { name: "max_connections", value: "100" },
  { name: "max_parallel_workers", value: "0" },
  { name: "max_parallel_workers_per_gather", value: "0" },
  { name: "work_mem", value: "4" },
];

/** The volume that a request asks for; a local one has the node's size unless it says another. */
export function volumeOf(asked: {
  volume_type?: string;
  volume_size?: number;
  node_type?: string;
}): { type: string; class: string; size: number } {
  const type = asked.volume_type ?? "lssd";
  const nodeSize = (localVolumes[asked.node_type?.toLowerCase() ?? ""] ?? 65) * gigabyte;
  const size = asked.volume_size || (type === "lssd" ? nodeSize : 5 * gigabyte);
  return { type, class: type.startsWith("sbs") ? "sbs" : type, size };
}
