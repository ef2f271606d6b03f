import { type Client, escapeIdentifier } from "pg";

/** What a user may do in a database; `custom` is whatever is none of the others. */
export type Permission = "readonly" | "readwrite" | "all" | "custom" | "none";

type Grantable = "readonly" | "readwrite" | "all";

const grants: Record<
  Grantable,
  { database: string; schema: string; tables: string; sequences: string }
> = {
  readonly: { database: "CONNECT", schema: "USAGE", tables: "SELECT", sequences: "SELECT" },
  readwrite: {
    database: "CONNECT",
    schema: "USAGE",
    tables: "SELECT, INSERT, UPDATE, DELETE",
    sequences: "USAGE, SELECT, UPDATE",
  },
  all: { database: "ALL", schema: "ALL", tables: "ALL", sequences: "ALL" },
};

/** Gives a user exactly this permission on what the database holds now. `client` is connected to it. */
export async function grant(
  client: Client,
  database: string,
  user: string,
  permission: Permission,
): Promise<void> {
  if (permission === "custom") return;
  const role = escapeIdentifier(user);
  const targets = {
    database: `DATABASE ${escapeIdentifier(database)}`,
    schema: "SCHEMA public",
    tables: "ALL TABLES IN SCHEMA public",
    sequences: "ALL SEQUENCES IN SCHEMA public",
  };
  const statements = Object.values(targets).map((target) => `REVOKE ALL ON ${target} FROM ${role}`);
  if (permission !== "none") {
    for (const [kind, what] of Object.entries(grants[permission])) {
      statements.push(`GRANT ${what} ON ${targets[kind as keyof typeof targets]} TO ${role}`);
    }
  }
  await client.query(["BEGIN", ...statements, "COMMIT"].join(";\n"));
}

const tableRights: Record<Grantable, string[]> = {
  readonly: ["SELECT"],
  readwrite: ["SELECT", "INSERT", "UPDATE", "DELETE"],
  all: ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"],
};

/**
 * Reads back what a user may do: what was granted, as long as it still covers every table. A table that
 * came after the grant, and is not the user's own, makes it `custom`. `client` is connected to the database.
 */
export async function permissionOf(
  client: Client,
  user: string,
  granted: Permission,
): Promise<Permission> {
  const { rows } = await client.query<{ connects: boolean; creates: boolean }>(
    `SELECT has_database_privilege($1, current_database(), 'CONNECT') AS connects,
            has_schema_privilege($1, 'public', 'CREATE') AS creates`,
    [user],
  );
  const { connects, creates } = rows[0]!;
  if (!connects) return "none";
  if (granted === "none" || granted === "custom" || creates !== (granted === "all"))
    return "custom";
  return (await coversEveryTable(client, user, tableRights[granted])) ? granted : "custom";
}

async function coversEveryTable(client: Client, user: string, rights: string[]): Promise<boolean> {
  const { rows } = await client.query<{ covered: boolean | null }>(
    `SELECT bool_and(has_table_privilege($1, pg_class.oid, wanted)) AS covered
     FROM pg_class, unnest($2::text[]) AS wanted
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')`,
    [user, rights],
  );
  return rows[0]?.covered ?? true;
}
