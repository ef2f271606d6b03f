import { Input } from "@pulumi/pulumi";
import { AnyToOthers, Json } from "./pulumi/anyToOthers";
import type { FromSecretManager } from "./secrets/secretReference";

/** A secret: in a stack file set with `--secret`, or only named there and kept in Secret Manager. */
export type SecretInput = Input<string> | FromSecretManager;

/**
 * A connection of Airflow: its parts, or all of them in `uri`. Any value may be secret or a reference to Secret
 * Manager; one secret value makes all connections secret in the state.
 */
export interface ConnectionArgs {
  /** What it connects to, for example `postgres`, `http` or `aws`. Needed unless there is a `uri`. */
  readonly type?: string;
  /** Name or address of the host. */
  readonly host?: SecretInput;
  /** Port of the host, 1 to 65535. */
  readonly port?: Input<number>;
  /** User name. */
  readonly login?: SecretInput;
  /** Password. */
  readonly password?: SecretInput;
  /** What Airflow calls the schema: for databases, the name of the database. */
  readonly schema?: SecretInput;
  /** What else this type of connection knows, for example `{ sslmode: "require" }`. */
  readonly extra?: Record<string, AnyToOthers<Json>>;
  /** The whole connection in one address, as Airflow writes them; instead of everything else but a description. */
  readonly uri?: SecretInput;
  /** For people who see it in the interface. */
  readonly description?: string;
}

/** A variable of Airflow with a description. */
export interface DescribedVariable {
  /** Text, or anything that JSON can express, which is then the variable's text. May be a reference to Secret Manager. */
  readonly value: AnyToOthers<Json>;
  /** For people who see it in the interface. */
  readonly description?: string;
}

/** A pool of Airflow, which limits how many tasks run at once. */
export interface PoolArgs {
  /** How many; -1 for any number. */
  readonly slots: number;
  /** Whether deferred tasks count. Default false. */
  readonly includeDeferred?: boolean;
  /** For people who see it in the interface. */
  readonly description?: string;
}

/** What an environment declares of Airflow's connections, variables and pools, each by its name. */
export interface AirflowObjects {
  readonly connections: Readonly<Record<string, ConnectionArgs>>;
  readonly airflowVariables: Readonly<Record<string, DescribedVariable>>;
  readonly pools: Readonly<Record<string, PoolArgs>>;
}
