import { Client } from "pg";
import { Refused } from "./refused";
import { refusal } from "../refusal";

/** What it takes to reach a PostgreSQL database. */
export interface DatabaseAddress {
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** libpq's: without a certificate of the server, `require` or `disable`. */
  readonly sslmode: string;
  /** The server's certificate, PEM: no other server is trusted. */
  readonly certificate?: string;
}

/** The rows of each table. */
export type Counts = Readonly<Record<string, number>>;

/** Reads an address of libpq's or SQLAlchemy's form. @throws naming what is wrong, without the address. */
export function parseAddress(uri: string): DatabaseAddress {
  const address = uri.replace(/^postgres(ql)?(\+\w+)?:/, "postgresql:");
  const url = URL.parse(address);
  if (url?.protocol !== "postgresql:" || !url.hostname || url.pathname.length < 2) {
    throw new Refused([
      refusal`The address of the database is not of the form postgresql://user:password@host:port/database`,
    ]);
  }
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port || "5432",
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    sslmode: url.searchParams.get("sslmode") === "disable" ? "disable" : "require",
  };
}

const ANSWER_LIMIT = 15_000;

/** Works with a connection, which is closed afterwards. @throws naming the server that does not let us in. */
export async function connected<T>(
  { sslmode, certificate, port, ...address }: DatabaseAddress,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const tls = certificate
    ? { ca: certificate, checkServerIdentity: () => undefined }
    : { rejectUnauthorized: false };
  const ssl = sslmode !== "disable" && tls;
  const limits = { connectionTimeoutMillis: ANSWER_LIMIT };
  const client = new Client({ ...address, ...limits, port: Number(port), ssl });
  await client.connect().catch((error: Error) => {
    const { host, database } = address;
    throw new Error(`The database ${database} at ${host}:${port} lets nobody in: ${error.message}`);
  });
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Counts the rows of every table of Airflow's schema. */
export async function countRows(client: Client): Promise<Counts> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  );
  const counts: Record<string, number> = {};
  for (const { name } of rows) {
    const table = `public.${client.escapeIdentifier(name)}`;
    const result = await client.query<{ count: string }>(`SELECT count(*) FROM ${table}`);
    counts[name] = Number(result.rows[0]!.count);
  }
  return counts;
}

/** Variables by which PostgreSQL's programs find a database, so that no command line holds a password. */
export function postgresVariables(
  { host, port, user, password, database, sslmode }: DatabaseAddress,
  certificateFile?: string,
): NodeJS.ProcessEnv {
  return {
    PGHOST: host,
    PGPORT: port,
    PGUSER: user,
    PGPASSWORD: password,
    PGDATABASE: database,
    PGSSLMODE: certificateFile === undefined ? sslmode : "verify-ca",
    PGSSLROOTCERT: certificateFile,
  };
}
