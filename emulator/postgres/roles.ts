import { type Client, escapeIdentifier, escapeLiteral } from "pg";

/** A user of an instance as the API answers it. */
export interface DatabaseUser {
  name: string;
  is_admin: boolean;
}

/** The users: every role that can log in but is not the platform's own. */
export async function listUsers(client: Client): Promise<DatabaseUser[]> {
  const { rows } = await client.query<DatabaseUser>(
    `SELECT rolname AS name, rolcreaterole AS is_admin FROM pg_roles
     WHERE rolcanlogin AND rolname NOT LIKE '\\_rdb\\_%' ORDER BY rolname`,
  );
  return rows;
}

export async function createUser(
  client: Client,
  user: DatabaseUser & { password: string },
): Promise<void> {
  await client.query(
    `CREATE ROLE ${escapeIdentifier(user.name)} LOGIN ${attributes(user.is_admin)}
     PASSWORD ${escapeLiteral(user.password)}`,
  );
}

export async function changeUser(
  client: Client,
  name: string,
  { password, is_admin }: { password?: string; is_admin?: boolean },
): Promise<void> {
  const role = escapeIdentifier(name);
  if (password !== undefined) {
    await client.query(`ALTER ROLE ${role} PASSWORD ${escapeLiteral(password)}`);
  }
  if (is_admin !== undefined) await client.query(`ALTER ROLE ${role} ${attributes(is_admin)}`);
}

/** What the user owns or may do in one database passes to the platform's role. */
export async function dispossess(client: Client, name: string): Promise<void> {
  const role = escapeIdentifier(name);
  await client.query(`REASSIGN OWNED BY ${role} TO _rdb_superadmin`);
  await client.query(`DROP OWNED BY ${role}`);
}

export async function dropUser(client: Client, name: string): Promise<void> {
  await client.query(`DROP ROLE ${escapeIdentifier(name)}`);
}

const attributes = (isAdmin: boolean) =>
  isAdmin ? "CREATEDB CREATEROLE" : "NOCREATEDB NOCREATEROLE";
