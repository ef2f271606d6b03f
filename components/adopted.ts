import * as pulumi from "@pulumi/pulumi";

/** A database that something else had made: what of it cannot change without the loss of its data. */
export interface AdoptedDatabaseArgs {
  /** Name of the database in the instance. */
  readonly name: string;
  /** Name of the user whose tables Airflow's are. */
  readonly username: string;
  /** The user's password, until it is rotated. */
  readonly password: pulumi.Input<string>;
  /** Name of the instance's first user; may be the same. */
  readonly administrator: string;
  /** Password of the administrator, where that is another user. Default: it gets a new one. */
  readonly administratorPassword?: pulumi.Input<string>;
  /** Type of the volume: `sbs_5k` or `sbs_15k` (Scaleway, "Managed Databases: volume types"). */
  readonly volumeType: string;
}

/** Secrets that are used instead of being generated, until they are rotated. */
export interface AdoptedSecretsArgs {
  /** Key that encrypts connections and variables; former ones may follow, after commas. Default: it is generated. */
  readonly fernetKey?: pulumi.Input<string>;
  /** Key that signs tokens. Default: it is generated. */
  readonly jwtSecret?: pulumi.Input<string>;
  /** Key that signs the sessions of the interface. Default: it is generated. */
  readonly apiSecretKey?: pulumi.Input<string>;
}

/** What an environment brought along that something else had made; `pulumi-scaleway-airflow adopt` writes it. */
export interface AdoptedArgs extends AdoptedSecretsArgs {
  /** The database. Default: a new one. */
  readonly database?: AdoptedDatabaseArgs;
}

const SECRETS = ["password", "administratorPassword", "fernetKey", "jwtSecret", "apiSecretKey"];

/** Component arguments are kept in the state, so what is secret must be so before it gets there. */
export function withSecretsHidden(adopted: AdoptedArgs | AdoptedDatabaseArgs): pulumi.Inputs {
  return Object.fromEntries(
    Object.entries(adopted).map(([key, value]) => {
      if (key === "database")
        return [key, value && withSecretsHidden(value as AdoptedDatabaseArgs)];
      return [key, SECRETS.includes(key) && value !== undefined ? pulumi.secret(value) : value];
    }),
  );
}
