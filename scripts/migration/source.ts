import { FERNET_KEY } from "../../components/checks/rules/generated";
import type { Values } from "./cleverVariables";
import { DatabaseAddress, parseAddress } from "./postgres";
import { Refused } from "./refused";
import { refusal } from "../refusal";

const ADDRESSES = [
  "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN",
  "AIRFLOW__CORE__SQL_ALCHEMY_CONN",
  "POSTGRESQL_ADDON_URI",
];
const LOG_FOLDERS = [
  "AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER",
  "AIRFLOW__CORE__REMOTE_BASE_LOG_FOLDER",
];
const CELLAR = ["CELLAR_ADDON_HOST", "CELLAR_ADDON_KEY_ID", "CELLAR_ADDON_KEY_SECRET"] as const;

/** An Airflow's metadata database, and the keys that encrypt in it; none where it never had one. */
export interface SourceDatabase {
  readonly address: DatabaseAddress;
  readonly fernetKeys: readonly string[];
}

/** Clever Cloud's S3 server. */
export interface Cellar {
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** @throws when no variable holds the database's address. */
export function sourceDatabase(variables: Values): SourceDatabase {
  const uri = first(variables, ADDRESSES);
  if (uri === undefined) throw lacking(ADDRESSES.join(" nor "), "postgres");
  const fernetKeys = (variables[FERNET_KEY] ?? "").split(",").filter(Boolean);
  return { address: parseAddress(uri), fernetKeys };
}

/** @throws when a variable is lacking, naming it. */
export function cellar(variables: Values): Cellar {
  const absent = CELLAR.filter((name) => !variables[name]);
  if (absent.length > 0) throw lacking(absent.join(" nor "), "s3");
  const [host, accessKey, secretKey] = CELLAR.map((name) => variables[name]!);
  const endpoint = /^https?:/.test(host!) ? host! : `https://${host}`;
  return { endpoint, accessKey: accessKey!, secretKey: secretKey! };
}

/** Where task logs are, as `s3://bucket/folder`. */
export function logFolder(variables: Values): string {
  const folder = first(variables, LOG_FOLDERS);
  if (folder?.startsWith("s3://")) return folder;
  throw new Refused([refusal`${LOG_FOLDERS[0]} names no folder of an S3 server, as s3://bucket`]);
}

const first = (variables: Values, names: readonly string[]) =>
  names.map((name) => variables[name]).find(Boolean);

const lacking = (names: string, addon: string) =>
  new Refused([
    refusal`There is neither ${names} in what \`clever env\` printed. Add what the add-on has: clever addon env <environment>-airflow-${addon} >> <file>`,
  ]);
