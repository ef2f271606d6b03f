import * as pulumi from "@pulumi/pulumi";
import { assertFreshBackup, BackedUpDatabase } from "./gate/freshBackup";

/** Where a database goes back to, as a former Airflow knows no newer schema than its own. */
export interface DowngradeArgs {
  /** Version of Airflow whose schema the database gets, for example `3.2.2`. Default: Airflow's schema stays. */
  readonly airflow?: string;
  /** Version of `apache-airflow-providers-fab` whose schema it gets, for example `3.4.0`. Default: that one stays. */
  readonly fab?: string;
  /** Id of a backup of the database that is no older than a day, or `none` to do without. */
  readonly backup?: string;
}

/** What the containers are told to do in Airflow's place, as JSON, once there is a backup. */
export function downgradeOrder(
  { backup, ...versions }: DowngradeArgs,
  database: pulumi.Output<BackedUpDatabase>,
): pulumi.Output<string> {
  const order = database.apply(async (database) => {
    await assertFreshBackup(backup!, database);
    return JSON.stringify(versions);
  });
  return pulumi.unsecret(order);
}
