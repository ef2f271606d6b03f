import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import type { AirflowRole } from "../../components/roles";

/** Values of secret variables, which can be read from nothing that is deployed. */
export class GivenSecrets {
  constructor(private readonly values: Readonly<Record<string, string>>) {}

  /** Reads `NAME=value` lines; `scheduler.NAME=value` is for one container. */
  static read(file: string | undefined): GivenSecrets {
    return new GivenSecrets(
      file === undefined ? {} : (parseEnv(readFileSync(file, "utf8")) as Record<string, string>),
    );
  }

  /** The value of a variable, in a role's container. */
  of(name: string, role: AirflowRole = "scheduler"): string | undefined {
    return this.values[`${role}.${name}`] ?? this.values[name];
  }

  /** What Airflow's own connection to its database says. */
  get connection(): DatabaseConnection | undefined {
    const written = this.of(CONNECTION);
    return written === undefined ? undefined : parseConnection(written);
  }
}

/** The variable with the connection to Airflow's database. */
export const CONNECTION = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN";

/** What a SQLAlchemy address says. */
export interface DatabaseConnection {
  readonly userName: string;
  readonly password: string;
  readonly databaseName: string;
}

/** Reads a SQLAlchemy address; nothing if that is none of PostgreSQL with user, password and database. */
export function parseConnection(written: string): DatabaseConnection | undefined {
  const [, userName, password, databaseName] =
    /^postgres(?:ql)?(?:\+\w+)?:\/\/([^:@/]+):([^@/]+)@[^/]+\/([^?]+)/.exec(written) ?? [];
  if (!userName || !password || !databaseName) return undefined;
  const [user, secret, name] = [userName, password, databaseName].map(decodeURIComponent);
  return { userName: user!, password: secret!, databaseName: name! };
}
