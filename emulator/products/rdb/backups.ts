import { z } from "zod";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { say } from "../../../tools/progress";
import type { Model } from "../../model";
import type { Backup, DatabaseInstance } from "../../records";
import type { Operations } from "../../operations";
import { newId, now } from "../../ids";
import { omit } from "../../omit";
import { parseBody, withoutUndefined } from "../../api/body";
import { constraint, transientState } from "../../api/errors";
import { listed } from "../../api/lists";
import { inRegion, regionOf, regionalRecord } from "../../api/regions";
import { databaseName } from "./userRules";

/** Copies databases to files and back. */
export interface BackupStore {
  /** Keeps a copy of a database under the id of a backup; gives its size in bytes. */
  dump(backup: string, instance: string, database: string): Promise<number>;
  /** Puts the copy into a database, which is made if it is not there. */
  restore(backup: string, instance: string, database: string): Promise<void>;
  remove(backup: string): Promise<void>;
}

const base = "/rdb/v1/regions/:region/backups";
const newBackup = z.object({
  instance_id: z.string(),
  database_name: z.string(),
  name: z.string().min(1),
  expires_at: z.iso.datetime().nullish(),
});
const backupChanges = z.object({
  name: z.string().min(1).optional(),
  expires_at: z.iso.datetime().nullish(),
});
const restoration = z.object({ instance_id: z.string(), database_name: databaseName.optional() });

/** The logical backups of the API. They outlive their instance. */
export class DatabaseBackups {
  constructor(
    private readonly model: Model,
    private readonly operations: Operations,
    private readonly store: BackupStore,
  ) {}

  routes = (app: FastifyInstance): void => {
    const { backups } = this.model;
    app.post(base, async (request) => wire(this.create(request)));
    app.get(base, async (request) => {
      const { project_id } = request.query as { project_id?: string };
      const all = backups.list(
        (backup) =>
          backup.region === regionOf(request) && (!project_id || backup.project_id === project_id),
      );
      return listed("database_backups", all.map(wire), request.query, ["instance_id", "name"]);
    });
    app.get(`${base}/:id`, async (request) => {
      const { id } = regionalRecord(backups, request);
      await this.operations.settled(id);
      return wire(backups.get(id));
    });
    app.patch(`${base}/:id`, async (request) => {
      const { id } = regionalRecord(backups, request);
      const changes = withoutUndefined(parseBody(backupChanges, request.body));
      return wire(backups.change(id, { ...changes, updated_at: now() }));
    });
    app.delete(`${base}/:id`, async (request) => wire(this.delete(request)));
    app.post(`${base}/:id/restore`, async (request) => wire(this.restore(request)));
  };

  /** What was being made when the emulator stopped failed; what was being restored is as it was. */
  resume(): void {
    for (const { id, status } of this.model.backups.list()) {
      if (status === "creating") this.model.backups.change(id, { status: "error" });
      if (status === "restoring") this.model.backups.change(id, { status: "ready" });
      if (status === "deleting") this.remove(id);
    }
  }

  private create(request: FastifyRequest): Backup {
    const region = regionOf(request);
    const asked = parseBody(newBackup, request.body);
    const instance = this.readyInstance(region, asked.instance_id);
    const backup = this.model.backups.put({
      id: newId(),
      ...asked,
      expires_at: asked.expires_at ?? null,
      instance_name: instance.name,
      project_id: instance.project_id,
      same_region: instance.backup_same_region,
      status: "creating",
      size: null,
      created_at: now(),
      updated_at: null,
      region,
    });
    this.work(backup, async () => ({
      size: await this.store.dump(backup.id, instance.id, asked.database_name),
    }));
    return backup;
  }

  private restore(request: FastifyRequest): Backup {
    const backup = this.readyBackup(request);
    const { instance_id, database_name } = parseBody(restoration, request.body);
    const instance = this.readyInstance(backup.region, instance_id);
    const restoring = this.model.backups.change(backup.id, { status: "restoring" });
    this.work(restoring, async () => {
      await this.store.restore(backup.id, instance.id, database_name ?? backup.database_name);
      return {};
    });
    return restoring;
  }

  private delete(request: FastifyRequest): Backup {
    const { id } = this.readyBackup(request);
    const deleting = this.model.backups.change(id, { status: "deleting" });
    this.remove(id);
    return deleting;
  }

  private remove(id: string): void {
    this.operations.start(id, async () => {
      await this.store.remove(id);
      this.model.backups.remove(id);
    });
  }

  /** Works on a backup and notes how that ended as its status. */
  private work({ id, name }: Backup, work: () => Promise<Partial<Backup>>): void {
    this.operations.start(id, async () => {
      const outcome = await work().then(
        (changes) => ({ ...changes, status: "ready" }),
        (error: Error) => {
          say(`database backup ${name} failed: ${error.message}`);
          return { status: "error" };
        },
      );
      this.model.backups.change(id, { ...outcome, updated_at: now() });
    });
  }

  private readyBackup(request: FastifyRequest): Backup {
    const backup = regionalRecord(this.model.backups, request);
    if (["creating", "restoring", "deleting"].includes(backup.status)) {
      throw transientState("database_backup", backup.id, backup.status);
    }
    return backup;
  }

  private readyInstance(region: string, id: string): DatabaseInstance {
    const instance = inRegion(this.model.databaseInstances, region, id);
    if (instance.status === "error") throw constraint("instance_id", "is in error");
    if (instance.status !== "ready") throw transientState("instance", id, instance.status);
    return instance;
  }
}

const wire = (backup: Backup) => ({
  ...omit(backup, "project_id"),
  download_url: null,
  download_url_expires_at: null,
});
