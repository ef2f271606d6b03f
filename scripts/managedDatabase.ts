import { DeployedDatabase } from "./deployedDatabase";
import { ScalewayApi } from "./scalewayApi";

/** How the names of backups begin that keep what a restore replaces. */
export const KEPT_PREFIX = "before-restore-";

/** A logical backup, as far as it matters here. */
export interface DatabaseBackup {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly created_at: string;
  readonly instance_name: string;
  readonly database_name: string;
  readonly same_region: boolean;
  readonly size: number | null;
}

/** The database of a stack, and its containers, through Scaleway's API. */
export class ManagedDatabase {
  private readonly rdb: string;
  private readonly instance: string;

  constructor(
    private readonly api: ScalewayApi,
    readonly deployed: DeployedDatabase,
  ) {
    this.rdb = `/rdb/v1/regions/${deployed.region}`;
    this.instance = `${this.rdb}/instances/${deployed.instanceId}`;
  }

  /** The backup of that id, or the latest of this database, also of an instance of the same name that is gone. */
  async backup(wanted: string): Promise<DatabaseBackup> {
    if (wanted !== "latest") return this.api.call("GET", `${this.rdb}/backups/${wanted}`);
    const { databaseName, instanceName } = this.deployed;
    const query = "order_by=created_at_desc&page_size=100";
    const { database_backups } = await this.api.call<{ database_backups: DatabaseBackup[] }>(
      "GET",
      `${this.rdb}/backups?${query}`,
    );
    const latest = database_backups.find(
      ({ name, status, instance_name, database_name }) =>
        status === "ready" &&
        instance_name === instanceName &&
        database_name === databaseName &&
        !name.startsWith(KEPT_PREFIX),
    );
    if (latest) return latest;
    throw new Error(
      `There is no backup of the database ${databaseName} of an instance ${instanceName}; make one with \`npm run backup\`.`,
    );
  }

  /** Makes a backup and waits until it is there. */
  async makeBackup(name: string, expiresAt?: Date): Promise<DatabaseBackup> {
    const { id } = await this.api.call<DatabaseBackup>("POST", `${this.rdb}/backups`, {
      instance_id: this.deployed.instanceId,
      database_name: this.deployed.databaseName,
      name,
      expires_at: expiresAt?.toISOString(),
    });
    return this.api.untilReady(`The backup ${name}`, `${this.rdb}/backups/${id}`);
  }

  /** Whether the database is there. */
  async exists(): Promise<boolean> {
    const { databaseName } = this.deployed;
    const { databases } = await this.api.call<{ databases: { name: string }[] }>(
      "GET",
      `${this.instance}/databases?name=${encodeURIComponent(databaseName)}`,
    );
    return databases.some(({ name }) => name === databaseName);
  }

  /** Lets nobody in any more, and ends the connections that there are. */
  async close(): Promise<void> {
    await this.allow("none");
    await this.api.call("POST", `${this.instance}/restart`, {});
    await this.untilReady();
  }

  /** Deletes the database with all that is in it. */
  async drop(): Promise<void> {
    const name = encodeURIComponent(this.deployed.databaseName);
    await this.api.call("DELETE", `${this.instance}/databases/${name}`);
    await this.untilReady();
  }

  /** Makes the database, empty. */
  async create(): Promise<void> {
    await this.api.call("POST", `${this.instance}/databases`, { name: this.deployed.databaseName });
    await this.untilReady();
  }

  /** Makes the database, empty, and puts a backup into it. */
  async restore({ id, name }: DatabaseBackup): Promise<void> {
    const { databaseName, instanceId } = this.deployed;
    await this.create();
    await this.api.call("POST", `${this.rdb}/backups/${id}/restore`, {
      instance_id: instanceId,
      database_name: databaseName,
    });
    await this.api.untilReady(`The backup ${name}`, `${this.rdb}/backups/${id}`);
    await this.untilReady();
  }

  /** Lets Airflow's user in again. */
  open(): Promise<void> {
    return this.allow("all");
  }

  /** Starts a container anew, as it was deployed, and waits until it is ready. */
  async redeploy({ id, name }: DeployedDatabase["containers"][number]): Promise<void> {
    const path = `/containers/v1/regions/${this.deployed.region}/containers/${id}`;
    await this.api.call("POST", `${path}/redeploy`, {});
    await this.api.untilReady(`The container ${name}`, path);
  }

  private async allow(permission: "all" | "none"): Promise<void> {
    const { databaseName: database_name, userName: user_name } = this.deployed;
    const privilege = { database_name, user_name, permission };
    await this.api.call("PUT", `${this.instance}/privileges`, privilege);
    await this.untilReady();
  }

  private untilReady(): Promise<unknown> {
    return this.api.untilReady(`The instance ${this.deployed.instanceName}`, this.instance);
  }
}
