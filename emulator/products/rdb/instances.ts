import { z } from "zod";
import type { FastifyInstance } from "fastify";
import { say } from "../../../tools/progress";
import type { Model } from "../../model";
import type { DatabaseEndpoint, DatabaseInstance } from "../../records";
import type { Operations } from "../../operations";
import { omit } from "../../omit";
import { parseBody, withoutUndefined } from "../../api/body";
import { constraint } from "../../api/errors";
import { listed } from "../../api/lists";
import { regionOf, regionalRecord } from "../../api/regions";
import { newRegional } from "../regional";
import { type AddressBook, networkOf, newEndpoint } from "./endpoints";
import {
  type EndpointSpec,
  defaultSettings,
  endpointSpec,
  instanceChanges,
  newInstance,
  setting,
  upgrade,
  volumeOf,
} from "./instanceRules";

/** What database instances need of the machine. */
export interface DatabaseRunner {
  /** Starts the server anew with what the record says. */
  start(instance: DatabaseInstance): Promise<void>;
  remove(id: string): Promise<void>;
  nameOf(id: string): string;
}

/** Makes the server certificate of an instance, valid for these addresses. */
export type CertificateMaker = (addresses: string[]) => { certificate: string; key: string };

const base = "/rdb/v1/regions/:region/instances";
const initialAcl = [{ ip: "0.0.0.0/0", description: "Allow all" }];

/** The database instances of the API, and the work on them. */
export class DatabaseInstances {
  constructor(
    private readonly model: Model,
    private readonly operations: Operations,
    private readonly runner: DatabaseRunner,
    private readonly addresses: AddressBook,
    private readonly makeCertificate: CertificateMaker,
    /** Makes what a new instance holds: its first database and its administrator. */
    private readonly initialize: (
      instance: string,
      admin: { name: string; password: string },
    ) => Promise<void>,
  ) {}

  routes = (app: FastifyInstance): void => {
    const { databaseInstances: instances } = this.model;
    app.post(base, async (request) =>
      wire(this.create(regionOf(request), parseBody(newInstance, request.body))),
    );
    app.get(base, async (request) => {
      const all = instances.list(({ region }) => region === regionOf(request)).map(wire);
      return listed("instances", all, request.query, ["name", "project_id"]);
    });
    app.get(`${base}/:id`, async (request) => {
      const { id } = regionalRecord(instances, request);
      await this.operations.settled(id);
      return wire(instances.get(id));
    });
    app.patch(`${base}/:id`, async (request) =>
      wire(this.update(regionalRecord(instances, request), request.body)),
    );
    app.delete(`${base}/:id`, async (request) =>
      wire(this.delete(regionalRecord(instances, request).id)),
    );
    app.post(`${base}/:id/upgrade`, async (request) =>
      wire(this.upgrade(regionalRecord(instances, request), request.body)),
    );
    app.put(`${base}/:id/settings`, async (request) => {
      const { id } = regionalRecord(instances, request);
      const { settings } = parseBody(z.object({ settings: z.array(setting) }), request.body);
      this.restart(instances.change(id, { status: "configuring", settings }));
      return { settings };
    });
    app.get(`${base}/:id/certificate`, async (request) => {
      const { certificate } = regionalRecord(instances, request);
      return {
        name: "ssl_certificate",
        content_type: "application/x-pem-file",
        content: Buffer.from(certificate).toString("base64"),
      };
    });
    app.post(`${base}/:id/renew-certificate`, async (request, reply) => {
      this.renewCertificate(regionalRecord(instances, request));
      return reply.code(204).send();
    });
    app.post(`${base}/:id/restart`, async (request) => {
      const { id } = regionalRecord(instances, request);
      const restarting = instances.change(id, { status: "restarting" });
      this.restart(restarting);
      return wire(restarting);
    });
    app.post(`${base}/:id/endpoints`, async (request) => {
      const { id } = regionalRecord(instances, request);
      const schema = z.object({ endpoint_spec: endpointSpec });
      const { endpoint_spec } = parseBody(schema, request.body);
      return this.addEndpoint(instances.get(id), endpoint_spec);
    });
    app.delete("/rdb/v1/regions/:region/endpoints/:endpoint", async (request, reply) => {
      this.removeEndpoint((request.params as { endpoint: string }).endpoint);
      return reply.code(204).send();
    });
  };

  /** Waits until nothing in a private network is being deleted. */
  departures = async (privateNetwork: string): Promise<void> => {
    const leaving = this.model.databaseInstances.list(({ endpoints }) =>
      endpoints.some((endpoint) => networkOf(endpoint) === privateNetwork),
    );
    await Promise.all(leaving.map(({ id }) => this.operations.finished(id)));
  };

  /** Takes up, after a restart, what the records say should run; finishes what was being deleted. */
  resume(): void {
    for (const instance of this.model.databaseInstances.list()) {
      const { id, status } = instance;
      if (status === "deleting") this.delete(id);
      else if (status === "provisioning") this.provision(instance, () => this.runner.remove(id));
      else if (status !== "error") this.restart(instance);
    }
  }

  private create(region: string, body: z.output<typeof newInstance>): DatabaseInstance {
    const regional = omit(newRegional(this.model, region, "rdb", body), "updated_at");
    const endpoints = (body.init_endpoints ?? [{ load_balancer: {} }]).map((spec) =>
      this.newEndpoint(regional.id, region, spec),
    );
    const { certificate, key } = this.makeCertificate(endpoints.map(({ ip }) => ip));
    const instance: DatabaseInstance = {
      ...regional,
      status: "provisioning",
      engine: body.engine,
      node_type: body.node_type.toLowerCase(),
      is_ha_cluster: body.is_ha_cluster,
      endpoints,
      settings: [],
      init_settings: body.init_settings,
      backup_schedule: {
        disabled: body.disable_backup,
        frequency: 24,
        retention: 7,
        next_run_at: null,
      },
      backup_same_region: body.backup_same_region,
      logs_policy: { max_age_retention: 30, total_disk_retention: null },
      encryption: body.encryption,
      volume: volumeOf(body),
      acl: initialAcl,
      certificate,
      certificate_key: key,
    };
    const { user_name: name, password } = body;
    this.model.secrets.put({ id: instance.id, values: { name, password } });
    this.model.databaseInstances.put(instance);
    this.provision(instance);
    return instance;
  }

  /** Makes the server and what it holds at first; the administrator's password is kept until then. */
  private provision(instance: DatabaseInstance, tidyUp = async () => {}): void {
    const { id } = instance;
    this.work(id, async () => {
      await tidyUp();
      await this.runner.start({ ...instance, settings: defaultSettings });
      const { name = "", password = "" } = this.model.secrets.get(id).values;
      await this.initialize(id, { name, password });
      this.model.databaseInstances.change(id, { settings: defaultSettings });
      this.model.secrets.remove(id);
    });
  }

  private update(instance: DatabaseInstance, body: unknown): DatabaseInstance {
    const fields = parseBody(instanceChanges, body);
    const { backup_schedule: schedule } = instance;
    return this.model.databaseInstances.change(instance.id, {
      ...withoutUndefined({
        name: fields.name,
        tags: fields.tags,
        backup_same_region: fields.backup_same_region,
        logs_policy: fields.logs_policy,
      }),
      backup_schedule: {
        ...schedule,
        disabled: fields.is_backup_schedule_disabled ?? schedule.disabled,
        frequency: fields.backup_schedule_frequency ?? schedule.frequency,
        retention: fields.backup_schedule_retention ?? schedule.retention,
      },
    });
  }

  private upgrade(instance: DatabaseInstance, body: unknown): DatabaseInstance {
    const wanted = parseBody(upgrade, body);
    const volume = { ...instance.volume };
    if (wanted.volume_size !== undefined) {
      if (wanted.volume_size < volume.size) throw constraint("volume_size", "can only grow");
      volume.size = wanted.volume_size;
    }
    if (wanted.volume_type)
      Object.assign(volume, volumeOf({ ...wanted, volume_size: volume.size }));
    const upgrading = this.model.databaseInstances.change(instance.id, {
      status: "initializing",
      volume,
      ...withoutUndefined({
        node_type: wanted.node_type?.toLowerCase(),
        is_ha_cluster: wanted.enable_ha,
        encryption: wanted.enable_encryption ? { enabled: true } : undefined,
      }),
    });
    this.work(instance.id, async () => {});
    return upgrading;
  }

  private delete(id: string): DatabaseInstance {
    const deleting = this.model.databaseInstances.change(id, { status: "deleting" });
    this.operations.start(id, async () => {
      await this.runner.remove(id);
      const own = this.model.privileges.list((privilege) => privilege.id.startsWith(id));
      for (const privilege of own) this.model.privileges.remove(privilege.id);
      this.model.secrets.remove(id);
      this.model.databaseInstances.remove(id);
    });
    return deleting;
  }

  private addEndpoint(instance: DatabaseInstance, spec: EndpointSpec): DatabaseEndpoint {
    const endpoint = this.newEndpoint(instance.id, instance.region, spec);
    this.restart(
      this.model.databaseInstances.change(instance.id, {
        status: "configuring",
        endpoints: [...instance.endpoints, endpoint], // the certificate stays as it was, as recorded
      }),
    );
    return endpoint;
  }

  private renewCertificate(instance: DatabaseInstance): void {
    const { certificate, key } = this.makeCertificate(instance.endpoints.map(({ ip }) => ip));
    this.restart(
      this.model.databaseInstances.change(instance.id, {
        status: "configuring",
        certificate,
        certificate_key: key,
      }),
    );
  }

  private removeEndpoint(id: string): void {
    const instance = this.model.databaseInstances.list(({ endpoints }) =>
      endpoints.some((endpoint) => endpoint.id === id),
    )[0];
    const endpoint = instance?.endpoints.find((candidate) => candidate.id === id);
    if (!instance || !endpoint) return;
    this.addresses.releaseAddresses(
      this.runner.nameOf(instance.id),
      networkOf(endpoint) ?? "default",
    );
    this.restart(
      this.model.databaseInstances.change(instance.id, {
        status: "configuring",
        endpoints: instance.endpoints.filter((candidate) => candidate.id !== id),
      }),
    );
  }

  private newEndpoint(instance: string, region: string, spec: EndpointSpec): DatabaseEndpoint {
    return newEndpoint(this.model, this.addresses, region, this.runner.nameOf(instance), spec);
  }

  private restart(instance: DatabaseInstance): void {
    this.work(instance.id, () => this.runner.start(instance));
  }

  /** Works on an instance and notes how that ended as its status. */
  private work(id: string, work: () => Promise<void>): void {
    this.operations.start(id, async () => {
      const status = await work().then(
        () => "ready",
        (error: Error) => {
          say(`database instance ${id} failed: ${error.message}`);
          return "error";
        },
      );
      const current = this.model.databaseInstances.find(id);
      if (current && current.status !== "deleting") {
        this.model.databaseInstances.change(id, { status });
      }
    });
  }
}

function wire(instance: DatabaseInstance) {
  return {
    ...omit(instance, "acl", "certificate", "certificate_key"),
    endpoint: instance.endpoints.find(({ load_balancer }) => load_balancer) ?? null,
    upgradable_version: [],
    read_replicas: [],
    maintenances: [],
  };
}
