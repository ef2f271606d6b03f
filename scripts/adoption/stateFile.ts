import { readFileSync } from "node:fs";
import { z } from "zod";
import { Found, Refused } from "./found";
import { readers } from "./stateReaders";
import { Refusal, refusal } from "../refusal";

const SUPPORTED = 4;

const stateSchema = z.object({
  version: z.number(),
  resources: z.array(
    z.object({
      module: z.string().optional(),
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(
        z.object({
          index_key: z.union([z.string(), z.number()]).optional(),
          attributes: z.record(z.string(), z.unknown()).nullish(),
        }),
      ),
    }),
  ),
});

type StateResource = z.infer<typeof stateSchema>["resources"][number];

/** Everything of Scaleway that a state file of Terraform or OpenTofu manages, as far as it can be taken over. */
export function readStateFile(file: string): Found[] {
  const { resources } = parseState(file, readFileSync(file, "utf8"));
  const managed = resources.filter(({ mode }) => mode === "managed");
  if (!managed.some(({ type }) => type === "scaleway_container")) {
    throw new Refused([noContainer(file, managed)]);
  }
  return managed.flatMap((resource) => {
    const read = readers[resource.type];
    if (!read) return [];
    return resource.instances.flatMap(({ index_key, attributes }) =>
      attributes ? [{ ...read(attributes), address: addressOf(resource, index_key) }] : [],
    );
  });
}

function parseState(file: string, text: string): z.infer<typeof stateSchema> {
  const json = parseJson(text);
  if (json === undefined) throw new Refused([refusal`${file} is no JSON. ${PULL}`]);
  if (typeof json === "object" && json !== null && "encrypted_data" in json) {
    throw new Refused([
      refusal`${file} is encrypted by OpenTofu. Let it decrypt it: \`tofu state pull > state.json\`, and delete that file afterwards.`,
    ]);
  }
  const version = (json as { version?: unknown } | null)?.version;
  if (version !== SUPPORTED) {
    throw new Refused([
      refusal`${file} has the version ${JSON.stringify(version) ?? "of no state"}; version ${SUPPORTED} is what can be read. ${PULL}`,
    ]);
  }
  const state = stateSchema.safeParse(json);
  if (state.success) return state.data;
  throw new Refused([
    refusal`${file} is not a state as Terraform writes it: ${z.prettifyError(state.error)}. ${PULL}`,
  ]);
}

const PULL =
  "Give what `terraform state pull` prints (Terraform 0.12 or newer, or OpenTofu), in a file.";

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function noContainer(file: string, managed: StateResource[]): Refusal {
  const providers = new Set(managed.map(({ type }) => type.split("_")[0]!));
  const found = providers.size === 0 ? "nothing" : `resources of ${[...providers].join(", ")}`;
  return refusal`${file} manages no container of Scaleway (scaleway_container), but ${found}: it describes another platform or another part of yours. Give the state in which the containers of Airflow are.`;
}

function addressOf({ module, type, name }: StateResource, index?: string | number): string {
  const path = module === undefined ? "" : `${module}.`;
  return `${path}${type}.${name}${index === undefined ? "" : `[${JSON.stringify(index)}]`}`;
}
