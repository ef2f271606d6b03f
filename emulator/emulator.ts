import { once } from "node:events";
import type { Server } from "node:net";
import { join } from "node:path";
import { say } from "../tools/progress";
import { controlRoutes } from "./api/control";
import { createApi } from "./api/server";
import type { Config } from "./config";
import { ContainerHost } from "./containers/host";
import { DockerEngine } from "./docker/engine";
import { removeLeftovers } from "./docker/leftovers";
import { Networks } from "./docker/networks";
import { CertificateAuthority, selfSigned } from "./edge/authority";
import { createConnectProxy } from "./edge/connectProxy";
import { ContainerGateway } from "./edge/containerGateway";
import { createEdge } from "./edge/listener";
import { startResolver } from "./edge/resolver";
import { clientEnvironment } from "./environment";
import { openModel } from "./model";
import { Operations } from "./operations";
import { stablePort } from "./ports";
import { DatabaseHost } from "./postgres/host";
import { containerNamespaceRoutes } from "./products/containerNamespaces";
import { Containers } from "./products/containers";
import { iamRoutes } from "./products/iam";
import { ipamRoutes } from "./products/ipam";
import { aclRoutes } from "./products/rdb/acl";
import { DatabaseContent } from "./products/rdb/content";
import { DatabaseInstances } from "./products/rdb/instances";
import { registryRoutes } from "./products/registry";
import { vpcRoutes } from "./products/vpc";
import { RegistryContent } from "./registry/content";
import { createRegistryGate } from "./registry/gate";
import { registryStorage, startRegistry } from "./registry/server";
import { ObjectStorage } from "./s3/objectStorage";
import { Store } from "./store";

const region = "fr-par";

/** A running emulator. */
export interface Emulator {
  /** The variables that its clients need. */
  environment: Record<string, string>;
  stop(): Promise<void>;
}

/** Starts the emulator with what its state folder holds. */
export async function startEmulator(config: Config): Promise<Emulator> {
  const model = openModel(new Store(join(config.state, "state.json")));
  const engine = new DockerEngine(model);
  await engine.check();
  const operations = new Operations();
  const networks = new Networks(engine, model);
  await networks.open();
  const authority = new CertificateAuthority(config);
  const gateway = new ContainerGateway(model);

  const port = (name: string, wanted?: number) => stablePort(model.ports, name, wanted);
  const registryPort = await port("registry gate");
  const registryServer = { port: await port("registry") };
  const registry = await startRegistry(config, registryServer.port);
  const gate = await listen(createRegistryGate(model, registryServer), registryPort);
  const objectStorage = await ObjectStorage.start(config, model, region);

  const databaseHost = new DatabaseHost(model, engine, networks, config.debianImage);
  await removeLeftovers(model, engine, networks, (id) => databaseHost.nameOf(id));
  const databaseContent = new DatabaseContent(model, databaseHost);
  const databases = new DatabaseInstances(
    model,
    operations,
    databaseHost,
    networks,
    selfSigned,
    databaseContent.initialize,
  );
  const registryHost = `localhost:${registryPort}`;
  const containerHost = new ContainerHost(model, engine, networks, {
    registry: {
      host: registryHost,
      username: "nologin",
      password: model.apiKeys.get(model.tenant.access_key).secret_key,
    },
    trustedCertificates: authority.bundle,
  });
  const containers = new Containers(model, operations, {
    deploy: async (container) => {
      await gateway.open(container);
      await containerHost.deploy(container);
    },
    resume: async (container) => {
      await gateway.open(container);
      await containerHost.resume(container);
    },
    interrupt: (id) => containerHost.interrupt(id),
    remove: async (id) => {
      await gateway.close(id);
      await containerHost.remove(id);
    },
  });
  const departures = async (privateNetwork: string) => {
    await databases.departures(privateNetwork);
    await containers.departures(privateNetwork);
  };

  const edge = createEdge(authority, [objectStorage, gateway]);
  await listen(edge, 443, networks.gateway);
  const resolver = await startResolver(networks.gateway);
  const proxyPort = await port("proxy");
  const proxy = await listen(createConnectProxy(edge), proxyPort);

  const api = createApi(model, [
    controlRoutes(model, operations, {
      localUrl: (id) => gateway.localUrl(id),
      dockerObjects: () => engine.objects(),
    }),
    iamRoutes(model, () => objectStorage.writeAccounts()),
    vpcRoutes(model, networks, departures),
    ipamRoutes(model),
    registryRoutes(
      model,
      operations,
      new RegistryContent(registryServer, registryStorage(config)),
      registryHost,
    ),
    databases.routes,
    databaseContent.routes,
    aclRoutes(model, (instance) => databaseHost.reloadAccessRules(instance)),
    containerNamespaceRoutes(model, operations, containers.deleteAll),
    containers.routes,
  ]);
  const apiPort = await port("api", config.apiPort);
  await api.listen({ host: "127.0.0.1", port: apiPort });

  databases.resume();
  containers.resume();

  return {
    environment: clientEnvironment(model, { apiPort, proxyPort, bundle: authority.bundle, region }),
    stop: async () => {
      say("stopping");
      await api.close();
      containerHost.close();
      await operations.allFinished(20_000);
      await engine.stopAll();
      await gateway.closeAll();
      for (const server of [gate, proxy, edge]) server.close();
      resolver.close();
      await Promise.all([registry.stop(), objectStorage.stop()]);
      await networks.closeDefault();
    },
  };
}

async function listen<S extends Server>(server: S, port: number, host = "127.0.0.1"): Promise<S> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EACCES") throw new Error(`listening on port ${port} needs root`);
    if (code === "EADDRINUSE")
      throw new Error(`port ${port} of ${host} is taken by another program`);
    throw error;
  }
  return server;
}
