/** The names of the resources of an environment. */
export interface ResourceNames {
  /** Container namespace. Default `<prefix>-<environment>`. */
  readonly namespace: string;
  /** Container registry namespace, unique in the region among all customers. Default `<prefix>-<environment>-airflow`. */
  readonly registry: string;
  /** Private network. Default `<prefix>-<environment>-airflow`. */
  readonly privateNetwork: string;
  /** Database instance, and the database in it. Default `<prefix>-<environment>-airflow`. */
  readonly database: string;
  /** Log bucket, unique among all buckets of Scaleway. Default `<prefix>-<environment>-airflow`. */
  readonly bucket: string;
  /** Webserver's container. Default `<prefix>-airflow-webserver`. */
  readonly webserver: string;
  /** Scheduler's container. Default `<prefix>-airflow-scheduler`. */
  readonly scheduler: string;
  /** Dag-processor's container, if it has one of its own. Default `<prefix>-airflow-dag-processor`. */
  readonly dagProcessor: string;
}

/** Whether an environment is a pull request's: `pr-` and its number. Such an environment goes when that is closed. */
export function isOfPullRequest(environment: string): boolean {
  return /^pr-[1-9]\d*$/.test(environment);
}

/** The name of every resource of an environment; what `given` names keeps that name. */
export function resourceNames(
  prefix: string,
  environment: string,
  given: Partial<ResourceNames> = {},
): ResourceNames {
  const airflow = `${prefix}-${environment}-airflow`;
  return {
    namespace: given.namespace ?? `${prefix}-${environment}`,
    registry: given.registry ?? airflow,
    privateNetwork: given.privateNetwork ?? airflow,
    database: given.database ?? airflow,
    bucket: given.bucket ?? airflow,
    webserver: given.webserver ?? `${prefix}-airflow-webserver`,
    scheduler: given.scheduler ?? `${prefix}-airflow-scheduler`,
    dagProcessor: given.dagProcessor ?? `${prefix}-airflow-dag-processor`,
  };
}
