import { z } from "zod";
import type { Model } from "../model";
import type { Regional } from "../records";
import { newId, now } from "../ids";
import { tags } from "../api/body";

/** What every creation of a regional resource may say. */
export const regionalFields = {
  name: z.string().min(1).optional(),
  project_id: z.uuid().optional(),
  tags: tags.optional(),
};

/** A new regional resource in the asked project, with a generated name if none is given. */
export function newRegional(
  model: Model,
  region: string,
  prefix: string,
  fields: { name?: string; project_id?: string; tags?: string[] },
): Regional {
  const id = newId();
  const created_at = now();
  return {
    id,
    name: fields.name ?? `${prefix}-${id.slice(0, 8)}`,
    organization_id: model.tenant.organization_id,
    project_id: fields.project_id ?? model.tenant.project_id,
    tags: fields.tags ?? [],
    created_at,
    updated_at: created_at,
    region,
  };
}
