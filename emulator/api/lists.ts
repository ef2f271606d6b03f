import { withoutUnset } from "./body";

type Query = Record<string, string | undefined>;

const defaultPageSize = 50;

/** One page of a list as the API answers it: filtered by the named query parameters, ordered, with its total. */
export function listed<T extends object>(
  key: string,
  items: T[],
  query: unknown,
  filters: (keyof T & string)[] = [],
): Record<string, unknown> {
  const wanted = withoutUnset((query ?? {}) as Query) as Query;
  const kept = items.filter((item) =>
    filters.every((name) => !wanted[name] || String(item[name]) === wanted[name]),
  );
  const size = Number(wanted.page_size ?? defaultPageSize);
  const from = (Number(wanted.page ?? 1) - 1) * size;
  const page = ordered(kept, wanted.order_by).slice(from, from + size);
  return { [key]: page, total_count: kept.length };
}

function ordered<T extends object>(items: T[], order = "created_at_asc"): T[] {
  const [, field = "", direction] = /^(.+)_(asc|desc)$/.exec(order) ?? [];
  const value = (item: T) => String((item as Record<string, unknown>)[field] ?? "");
  const ascending = [...items].sort((a, b) => value(a).localeCompare(value(b)));
  return direction === "desc" ? ascending.reverse() : ascending;
}
