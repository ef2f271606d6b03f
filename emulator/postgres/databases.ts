import { type Client, escapeIdentifier } from "pg";

/** A database of an instance as the API answers it. */
export interface Database {
  name: string;
  owner: string;
  managed: boolean;
  size: number;
}

/** The databases, without the server's own. */
export async function listDatabases(client: Client): Promise<Database[]> {
  const { rows } = await client.query<{ name: string; owner: string; size: string }>(
    `SELECT datname AS name, pg_get_userbyid(datdba) AS owner, pg_database_size(oid) AS size
     FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres' ORDER BY datname`,
  );
  return rows.map(({ size, ...database }) => ({ ...database, managed: true, size: Number(size) }));
}

/** Creates a database that nobody but the platform may enter until a privilege is given. */
export async function createDatabase(client: Client, name: string): Promise<void> {
  await client.query(`CREATE DATABASE ${escapeIdentifier(name)}`);
  await client.query(`REVOKE ALL ON DATABASE ${escapeIdentifier(name)} FROM PUBLIC`);
}

export async function dropDatabase(client: Client, name: string): Promise<void> {
  await client.query(`DROP DATABASE ${escapeIdentifier(name)} WITH (FORCE)`);
}
