/** What a container does in an Airflow environment. */
export const AirflowRole = {
  /** Serves the interface and the API, and owns the database migrations. */
  Webserver: "webserver",
  /** Schedules and, with LocalExecutor, runs the tasks. */
  Scheduler: "scheduler",
  /** Parses the DAG files, when this is not left to the scheduler's container. */
  DagProcessor: "dagProcessor",
} as const;

/** What a container does in an Airflow environment: `webserver`, `scheduler` or `dagProcessor`. */
export type AirflowRole = (typeof AirflowRole)[keyof typeof AirflowRole];

/** What is the same for every container of a role, wherever it is deployed. */
export interface RoleDefinition {
  /** The Dockerfile in the build context. */
  readonly dockerfile: string;
  /** The port on which the container answers. */
  readonly port: number;
  /** The path, on that port, that answers 200 when every process in the container works. */
  readonly healthPath: string;
  /** `public`: anyone reaches the endpoint; `private`: only who holds a token of the namespace. */
  readonly privacy: "public" | "private";
  /**
   * Scaleway's isolation technology. Tasks need the copy-on-write file system of `v1`; `v2`, whose `/tmp` is in
   * memory, keeps exact time (Scaleway, "Containers: sandbox environments").
   */
  readonly sandbox: "v1" | "v2";
}

const worker = {
  dockerfile: "airflow-scheduler.Dockerfile",
  port: 8974,
  healthPath: "/health",
  privacy: "private",
  sandbox: "v1",
} as const;

/** What a container without a role is like, unless its arguments say otherwise. */
export const noRole: RoleDefinition = {
  dockerfile: "Dockerfile",
  port: 8080,
  healthPath: "/",
  privacy: "private",
  sandbox: "v2",
};

/** The definition of each role. */
export const roleDefinitions: Readonly<Record<AirflowRole, RoleDefinition>> = {
  webserver: {
    dockerfile: "airflow-webserver.Dockerfile",
    port: 8080,
    healthPath: "/api/v2/version",
    privacy: "public",
    sandbox: "v2",
  },
  scheduler: worker,
  dagProcessor: worker,
};
