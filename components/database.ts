import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import * as scaleway from "@pulumiverse/scaleway";
import { AdoptedDatabaseArgs, withSecretsHidden } from "./adopted";
import { databaseProblems } from "./checks/componentArgs";
import { refuse } from "./checks/validate";
import { eachGeneration } from "./rotation";

/** Arguments of a `Database`. */
export interface DatabaseArgs {
  /** Name of the instance and of the database in it, for example `lvao-preprod-airflow`. */
  readonly databaseName: string;
  /** Id of the private network that the containers share. */
  readonly privateNetworkId: pulumi.Input<string>;
  /** Scaleway node type. Default `DB-PLAY2-NANO` (2 virtual CPUs, 4 GB of memory). */
  readonly nodeType?: string;
  /** Size of the volume, in GB of 10^9 bytes, a multiple of 5. It can grow but not shrink. Default 10. */
  readonly volumeSize?: number;
  /** Two nodes instead of one. It can be turned on later but not off again. Default false. */
  readonly highAvailability?: boolean;
  /**
   * For how many days each daily snapshot is kept, 1 to 365. Snapshots are in the instance's region (Scaleway, "How to
   * enable autobackup"); backups, which are made on request, go to another one. Default 7.
   */
  readonly backupRetention?: number;
  /**
   * Generation of the passwords. Raise it by one to rotate them. The administrator's changes at once; Airflow's user
   * keeps its former one until the containers, which know both, have changed it. Default 1.
   */
  readonly passwordGeneration?: number;
  /**
   * Ranges of IPv4 addresses in CIDR notation, from /8 to /32, that may reach the database through a public endpoint
   * (Scaleway, "How to manage allowed IP addresses"; IPv6 is not supported). Default: there is no such endpoint.
   */
  readonly publicAccess?: string[];
  /** What of a database that something else had made stays as it is. Default: it is made anew. */
  readonly adopted?: AdoptedDatabaseArgs;
  /** Tags of the instance. */
  readonly tags?: pulumi.Input<string>[];
}

/** The Airflow user of every database; it is not an administrator. */
const USER_NAME = "airflow";
/** Changing it would recreate the instance with all its data, so it is no argument. */
const ADMIN_NAME = "airflow_admin";

/** A managed PostgreSQL instance in a private network, with the database and the user that Airflow works with. */
export class Database extends pulumi.ComponentResource {
  /** The instance's address and port in the private network, as `address:port`. */
  readonly endpoint: pulumi.Output<string>;
  /** The instance's public address and port, as `address:port`, if `publicAccess` gives it one. */
  readonly publicEndpoint: pulumi.Output<string | undefined>;
  /** SQLAlchemy address with user and password, as Airflow's `sql_alchemy_conn` takes it. Secret. */
  readonly uri: pulumi.Output<string>;
  /** Former passwords of Airflow's user, one of which the server may still want, as a JSON list; if any. Secret. */
  readonly formerPasswords?: pulumi.Output<string>;
  /**
   * The server's certificate, PEM: it is its own authority, and clients write it to `DATABASE_CERTIFICATE_FILE`. After a
   * renewal in Scaleway's console, `pulumi up --refresh` hands out the new one.
   */
  readonly certificate: pulumi.Output<string>;
  /** Id of the instance, as `region/id`. */
  readonly instanceId: pulumi.Output<string>;

  /** @throws `pulumi.InputPropertiesError` that names every argument at fault, before anything is registered. */
  constructor(name: string, args: DatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse("Database", databaseProblems(args));
    super("pulumi-scaleway-airflow:index:Database", name, withSecrets(args), opts);
    const { adopted } = args;
    const child = { parent: this };
    const generations = args.passwordGeneration ?? 1;
    const passwords = (suffix: string, first?: pulumi.Input<string>) =>
      eachGeneration(generations, (generation) =>
        generation === 1 && first !== undefined
          ? pulumi.secret(first)
          : password(`${name}-${suffix}-${generation}`, child),
      );
    const [userPassword, ...formerPasswords] = passwords("user-password", adopted?.password);
    const isAdministrator = adopted !== undefined && adopted.username === adopted.administrator;
    const [adminPassword] = isAdministrator
      ? [userPassword]
      : passwords("admin-password", adopted?.administratorPassword);
    const instance = new scaleway.databases.Instance(
      `${name}-instance`,
      {
        name: args.databaseName,
        engine: "PostgreSQL-16",
        nodeType: args.nodeType ?? "DB-PLAY2-NANO",
        isHaCluster: args.highAvailability ?? false,
        volumeType: adopted?.volumeType ?? "sbs_5k",
        volumeSizeInGb: args.volumeSize ?? 10,
        encryptionAtRest: true,
        userName: adopted?.administrator ?? ADMIN_NAME,
        password: adminPassword,
        privateNetwork: { pnId: args.privateNetworkId, enableIpam: true },
        loadBalancer: args.publicAccess && {},
        disableBackup: false,
        backupScheduleFrequency: 24,
        backupScheduleRetention: args.backupRetention ?? 7,
        backupSameRegion: false,
        tags: args.tags,
      },
      { ...child, ignoreChanges: keptOf(isAdministrator, adopted) },
    );
    // What is in an instance goes with it, without a call for each part.
    const inside = { ...child, deletedWith: instance };
    if (args.publicAccess) allowOnly(`${name}-acl`, args.publicAccess, instance, inside);
    const database = new scaleway.databases.Database(
      `${name}-database`,
      { instanceId: instance.id, name: adopted?.name ?? args.databaseName },
      inside,
    );
    const userName = isAdministrator
      ? instance.userName
      : new scaleway.databases.User(
          `${name}-user`,
          {
            instanceId: instance.id,
            name: adopted?.username ?? USER_NAME,
            password: userPassword,
            isAdmin: false,
          },
          // The password of a user that was taken over is in the state from the first update on.
          { ...inside, ignoreChanges: adopted && generations === 1 ? [] : ["password"] },
        ).name;
    const privilege = grantAll(`${name}-privilege`, { instance, database, userName }, inside);

    this.instanceId = instance.id;
    this.certificate = instance.certificate;
    this.endpoint = instance.privateNetwork.apply((network) =>
      network ? `${network.ip}:${network.port}` : "",
    );
    this.publicEndpoint = instance.loadBalancer.apply((balancer) =>
      args.publicAccess && balancer ? `${balancer.ip}:${balancer.port}` : undefined,
    );
    // The address is given out only once the user may use the database.
    this.uri = pulumi.secret(
      pulumi
        .all([userName, userPassword, this.endpoint, database.name, privilege.id])
        .apply(([userName, secret, endpoint, databaseName]) =>
          databaseUri({ userName, password: secret, endpoint, databaseName }),
        ),
    );
    this.formerPasswords =
      formerPasswords.length === 0
        ? undefined
        : pulumi.secret(pulumi.jsonStringify(formerPasswords));
    this.registerOutputs({
      endpoint: this.endpoint,
      publicEndpoint: this.publicEndpoint,
      uri: this.uri,
      certificate: this.certificate,
      instanceId: this.instanceId,
    });
  }
}

/** Component arguments are kept in the state, so what is secret must be so before it gets there. */
const withSecrets = (args: DatabaseArgs): pulumi.Inputs =>
  args.adopted ? { ...args, adopted: withSecretsHidden(args.adopted) } : args;

/**
 * What of an instance is not the program's to change. Airflow's user changes its password itself, when every container
 * knows the new one; settings from when an instance was made would recreate it, with the loss of its data.
 */
const keptOf = (isAdministrator: boolean, adopted?: AdoptedDatabaseArgs): string[] => [
  ...(adopted ? ["initSettings"] : []),
  ...(isAdministrator ? ["password"] : []),
];

/** What a database address is made of. */
export interface DatabaseAddress {
  readonly userName: string;
  readonly password: string;
  /** `address:port` */
  readonly endpoint: string;
  readonly databaseName: string;
}

/** Where Airflow's containers keep the certificate of the database server. */
export const DATABASE_CERTIFICATE_FILE = "/opt/airflow/database.crt";

/**
 * The SQLAlchemy address of a PostgreSQL database reached over TLS; user and password may hold any character.
 *
 * Each server of Scaleway has a self-signed certificate, so that trusting only that one (`verify-ca`) is trusting only
 * that server. `verify-full` adds the comparison of names, and those in the certificate stay as they were when the
 * server's private address changes (Scaleway, "Verifying servers' certificate authority on PostgreSQL").
 */
export function databaseUri({
  userName,
  password,
  endpoint,
  databaseName,
}: DatabaseAddress): string {
  const credentials = `${encodeURIComponent(userName)}:${encodeURIComponent(password)}`;
  return `postgresql+psycopg2://${credentials}@${endpoint}/${databaseName}?${TLS}`;
}

const TLS = `sslmode=verify-ca&sslrootcert=${DATABASE_CERTIFICATE_FILE}`;

/** Scaleway asks for 8 to 128 characters of four classes (Scaleway, "Managed Database: passwords"). */
function password(name: string, opts: pulumi.CustomResourceOptions): pulumi.Output<string> {
  return new random.RandomPassword(
    name,
    {
      length: 32,
      overrideSpecial: "!-_.",
      minLower: 1,
      minUpper: 1,
      minNumeric: 1,
      minSpecial: 1,
    },
    opts,
  ).result;
}

/** Scaleway lets in everybody whom no rule keeps out: without rules of its own, an endpoint has one for 0.0.0.0/0. */
function allowOnly(
  name: string,
  ranges: string[],
  instance: scaleway.databases.Instance,
  opts: pulumi.CustomResourceOptions,
): void {
  const aclRules = ranges.map((ip) => ({ ip, description: "publicAccess" }));
  new scaleway.databases.Acl(name, { instanceId: instance.id, aclRules }, opts);
}

interface Grant {
  readonly instance: scaleway.databases.Instance;
  readonly database: scaleway.databases.Database;
  readonly userName: pulumi.Output<string>;
}

/**
 * Scaleway reports the privilege as `custom` as soon as Airflow has created tables, and takes a changed name as an
 * update of the former pair: so the report is ignored, and a new name replaces the privilege.
 */
function grantAll(
  name: string,
  { instance, database, userName }: Grant,
  opts: pulumi.CustomResourceOptions,
): scaleway.databases.Privilege {
  return new scaleway.databases.Privilege(
    name,
    {
      instanceId: instance.id,
      databaseName: database.name,
      userName,
      permission: "all",
    },
    {
      ...opts,
      ignoreChanges: ["permission"],
      replaceOnChanges: ["databaseName", "userName"],
    },
  );
}
