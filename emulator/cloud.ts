import { controlRoutes } from "./api/control";
import { Faults } from "./api/faults";
import type { Routes } from "./api/server";
import { ContainerHost } from "./containers/host";
import type { Printed } from "./containers/printed";
import { removeLeftovers } from "./docker/leftovers";
import { selfSigned } from "./edge/authority";
import type { ContainerGateway } from "./edge/containerGateway";
import type { Machine } from "./machine";
import { BackupFiles } from "./postgres/backupFiles";
import { DatabaseHost } from "./postgres/host";
import { projectRoutes } from "./products/account";
import { cockpitRoutes } from "./products/cockpit";
import {
  containerNamespaceRoutes,
  resumeContainerNamespaces,
} from "./products/containerNamespaces";
import { Containers } from "./products/containers";
import { iamRoutes } from "./products/iam";
import { ipamRoutes } from "./products/ipam";
import { aclRoutes } from "./products/rdb/acl";
import { DatabaseBackups } from "./products/rdb/backups";
import { DatabaseContent } from "./products/rdb/content";
import { DatabaseInstances } from "./products/rdb/instances";
import { registryRoutes, resumeRegistryNamespaces } from "./products/registry";
import { secretManagerRoutes } from "./products/secretManager";
import { vpcRoutes } from "./products/vpc";
import type { Registry } from "./registry/registry";
import type { ObjectStorage } from "./s3/objectStorage";

/** The servers that the products use. */
export interface Services {
  registry: Registry;
  objectStorage: ObjectStorage;
  gateway: ContainerGateway;
  printed: Printed;
}

/** The products, joined to the machine that they run on. */
export class Cloud {
  private readonly containerHost: ContainerHost;
  private readonly containers: Containers;
  private readonly databaseHost: DatabaseHost;
  private readonly databaseContent: DatabaseContent;
  private readonly databases: DatabaseInstances;
  private readonly databaseBackups: DatabaseBackups;

  constructor(
    private readonly machine: Machine,
    private readonly services: Services,
  ) {
    const { model, operations, engine, networks, authority, config } = machine;
    this.containerHost = new ContainerHost(model, engine, networks, {
      registry: {
        host: services.registry.host,
        username: "nologin",
        password: model.apiKeys.get(model.tenant.access_key).secret_key,
      },
      gateway: services.gateway,
      trustedCertificates: authority.bundle,
      printed: services.printed,
    });
    this.containers = new Containers(model, operations, this.containerHost);
    this.databaseHost = new DatabaseHost(model, engine, networks, config.debianImage);
    this.databaseContent = new DatabaseContent(model, this.databaseHost);
    this.databases = new DatabaseInstances(
      model,
      operations,
      this.databaseHost,
      networks,
      selfSigned,
      this.databaseContent.initialize,
    );
    this.databaseBackups = new DatabaseBackups(
      model,
      operations,
      new BackupFiles(config, this.databaseHost),
    );
  }

  /** The routes of all products. */
  routes(): Routes[] {
    const { model, operations, engine, networks } = this.machine;
    const { registry, objectStorage, gateway } = this.services;
    return [
      new Faults().routes,
      controlRoutes(model, operations, {
        setReachable: (id, reachable) => engine.setFrozen(this.databaseHost.nameOf(id), !reachable),
        localUrl: (id) => gateway.localUrl(id),
        dockerObjects: () => engine.objects(),
        retirements: this.containerHost.retirements,
      }),
      cockpitRoutes(model),
      projectRoutes(model, objectStorage.writeAccounts),
      iamRoutes(model, objectStorage.writeAccounts),
      vpcRoutes(model, networks, this.departures),
      ipamRoutes(model),
      secretManagerRoutes(model),
      registryRoutes(model, operations, registry.content, registry.host),
      this.databases.routes,
      this.databaseContent.routes,
      this.databaseBackups.routes,
      aclRoutes(model, (instance) => this.databaseHost.reloadAccessRules(instance)),
      containerNamespaceRoutes(model, operations, this.containers.deleteAll),
      this.containers.routes,
    ];
  }

  /** Takes up what the records say should run, and removes what they do not know. */
  async resume(): Promise<void> {
    const { model, operations, engine, networks } = this.machine;
    await removeLeftovers(model, engine, networks, (id) => this.databaseHost.nameOf(id));
    this.databases.resume();
    this.databaseBackups.resume();
    this.containers.resume();
    resumeContainerNamespaces(model, operations, this.containers.deleteAll);
    resumeRegistryNamespaces(model, operations, this.services.registry.content);
  }

  /** Stops what runs; the records keep saying that it should. */
  async stop(): Promise<void> {
    this.containerHost.close();
    await this.machine.operations.allFinished(20_000);
    await this.machine.engine.stopAll();
  }

  private departures = async (privateNetwork: string): Promise<void> => {
    await this.databases.departures(privateNetwork);
    await this.containers.departures(privateNetwork);
  };
}
