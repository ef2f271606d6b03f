import * as pulumi from "@pulumi/pulumi";
import { databaseUri } from "./database";

/** A PostgreSQL database that exists already. */
export interface ExistingDatabaseArgs {
  /** Address and port, as `address:port`, that the containers reach. */
  readonly endpoint: pulumi.Input<string>;
  /** Name of the database, which Airflow has for itself. */
  readonly name: pulumi.Input<string>;
  /** Name of a user that may do everything in the database. */
  readonly username: pulumi.Input<string>;
  /** The user's password. */
  readonly password: pulumi.Input<string>;
  /** The certificate of the server, or of the authority that signed it, PEM; no other server is trusted. */
  readonly certificate: pulumi.Input<string>;
}

/** What exists already and is used instead of being made: it stays as it is, and stays when the environment goes. */
export interface ExistingArgs {
  /** Id of a container namespace, as `region/id`. Its containers have other names than those of the environment. */
  readonly namespaceId?: pulumi.Input<string>;
  /** Address of a container registry namespace, for example `rg.fr-par.scw.cloud/acme`. */
  readonly registryEndpoint?: pulumi.Input<string>;
  /** Id of a private network, as `region/id`. */
  readonly privateNetworkId?: pulumi.Input<string>;
  /** A database; how many connections it takes is judged by `database.nodeType`. */
  readonly database?: ExistingDatabaseArgs;
}

/** What the containers have to know of a database. */
export interface DatabaseAccess {
  /** Address and port in the private network, as `address:port`. */
  readonly endpoint: pulumi.Output<string>;
  /** The public address and port, as `address:port`, if there is one. */
  readonly publicEndpoint?: pulumi.Output<string | undefined>;
  /** SQLAlchemy address with user and password. Secret. */
  readonly uri: pulumi.Output<string>;
  /** The certificate to trust, PEM. */
  readonly certificate: pulumi.Output<string>;
  /** Id of the instance, as `region/id`, if it is of this environment. */
  readonly instanceId?: pulumi.Output<string>;
  /** Former passwords of the user, as a JSON list; if any. Secret. */
  readonly formerPasswords?: pulumi.Output<string>;
}

/** How to reach a database that exists already. */
export function existingDatabase(database: ExistingDatabaseArgs): DatabaseAccess {
  const { endpoint, name, username, password, certificate } = database;
  return {
    endpoint: pulumi.output(endpoint),
    certificate: pulumi.output(certificate),
    uri: pulumi.secret(
      pulumi
        .output({ endpoint, databaseName: name, userName: username, password })
        .apply(databaseUri),
    ),
  };
}

/** Component arguments are kept in the state, so what is secret must be so before it gets there. */
export function withSecretPassword({ database, ...others }: ExistingArgs): pulumi.Inputs {
  return {
    ...others,
    database: database && { ...database, password: pulumi.secret(database.password) },
  };
}
