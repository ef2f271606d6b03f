import type { FastifyRequest } from "fastify";
import type { Collection, Stored } from "../store";
import { notFound } from "./errors";

/** The region in a request's path. */
export const regionOf = (request: FastifyRequest): string =>
  (request.params as { region: string }).region;

/** The record that a request's path names by `:id`, which must be in the path's region. */
export function regionalRecord<T extends Stored & { region: string }>(
  collection: Collection<T>,
  request: FastifyRequest,
): T {
  const { id } = request.params as { id: string };
  return inRegion(collection, regionOf(request), id);
}

/** A record by its id, which must be in that region. */
export function inRegion<T extends Stored & { region: string }>(
  collection: Collection<T>,
  region: string,
  id: string,
): T {
  const record = collection.get(id);
  if (record.region !== region) throw notFound(collection.kind, id);
  return record;
}
