import type { ResourceNames } from "../../components/names";
import type { Kind } from "./found";

/** A resource of the program that can be what exists already. */
export interface Place {
  /** What it is, for people. */
  readonly what: string;
  readonly kind: Kind;
  /** Pulumi's type. */
  readonly type: string;
  /** Its logical name, and that of the component that it is in. */
  readonly logicalName: string;
  readonly parent: string;
  /** The setting among `airflow:names` that names it, if one does. */
  readonly named?: keyof ResourceNames;
  /** Whether an environment without it is none that can be taken over. */
  readonly required?: boolean;
}

/** The component of the whole environment, as index.ts calls it. */
export const ENVIRONMENT = "airflow";

const PACKAGE = "pulumi-scaleway-airflow:index";

/** The components that hold the places, each after the one that it is in. */
export const components = [
  { name: ENVIRONMENT, type: `${PACKAGE}:AirflowEnvironment`, parent: undefined },
  { name: "airflow-database", type: `${PACKAGE}:Database`, parent: ENVIRONMENT },
  { name: "airflow-logs", type: `${PACKAGE}:LogBucket`, parent: ENVIRONMENT },
  { name: "airflow-webserver", type: `${PACKAGE}:AirflowContainer`, parent: ENVIRONMENT },
  { name: "airflow-scheduler", type: `${PACKAGE}:AirflowContainer`, parent: ENVIRONMENT },
  { name: "airflow-dagProcessor", type: `${PACKAGE}:AirflowContainer`, parent: ENVIRONMENT },
] as const;

const container = (role: "webserver" | "scheduler" | "dagProcessor", what: string) => ({
  what,
  kind: "container" as const,
  type: "scaleway:containers/container:Container",
  logicalName: `airflow-${role}-container`,
  parent: `airflow-${role}`,
  named: role,
});

/** Every place, by the name that `--map` takes. What others are in comes first. */
export const places = {
  namespace: {
    what: "container namespace",
    kind: "namespace",
    type: "scaleway:containers/namespace:Namespace",
    logicalName: "airflow-namespace",
    parent: ENVIRONMENT,
    named: "namespace",
    required: true,
  },
  webserver: { ...container("webserver", "webserver's container"), required: true },
  scheduler: { ...container("scheduler", "scheduler's container"), required: true },
  dagProcessor: container("dagProcessor", "dag-processor's container"),
  instance: {
    what: "database instance",
    kind: "instance",
    type: "scaleway:databases/instance:Instance",
    logicalName: "airflow-database-instance",
    parent: "airflow-database",
    named: "database",
    required: true,
  },
  database: {
    what: "database in the instance",
    kind: "database",
    type: "scaleway:databases/database:Database",
    logicalName: "airflow-database-database",
    parent: "airflow-database",
    required: true,
  },
  user: {
    what: "Airflow's user of the database",
    kind: "user",
    type: "scaleway:databases/user:User",
    logicalName: "airflow-database-user",
    parent: "airflow-database",
  },
  privilege: {
    what: "the user's privilege",
    kind: "privilege",
    type: "scaleway:databases/privilege:Privilege",
    logicalName: "airflow-database-privilege",
    parent: "airflow-database",
  },
  allowList: {
    what: "the database's allow list",
    kind: "allowList",
    type: "scaleway:databases/acl:Acl",
    logicalName: "airflow-database-acl",
    parent: "airflow-database",
  },
  bucket: {
    what: "log bucket",
    kind: "bucket",
    type: "scaleway:object/bucket:Bucket",
    logicalName: "airflow-logs-bucket",
    parent: "airflow-logs",
    named: "bucket",
    required: true,
  },
  bucketAcl: {
    what: "the bucket's ACL",
    kind: "bucketAcl",
    type: "scaleway:object/bucketAcl:BucketAcl",
    logicalName: "airflow-logs-acl",
    parent: "airflow-logs",
  },
  registry: {
    what: "container registry namespace",
    kind: "registry",
    type: "scaleway:registry/namespace:Namespace",
    logicalName: "airflow-registry",
    parent: ENVIRONMENT,
    named: "registry",
  },
  network: {
    what: "private network",
    kind: "network",
    type: "scaleway:network/privateNetwork:PrivateNetwork",
    logicalName: "airflow-network",
    parent: ENVIRONMENT,
    named: "privateNetwork",
  },
} as const satisfies Record<string, Place>;

/** The name of a place, as `--map` takes it. */
export type PlaceName = keyof typeof places;

/** The places, in their order. */
export const placeNames = Object.keys(places) as PlaceName[];
