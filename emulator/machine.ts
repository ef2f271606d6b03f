import { join } from "node:path";
import type { Config } from "./config";
import { DockerEngine } from "./docker/engine";
import { Networks } from "./docker/networks";
import { CertificateAuthority } from "./edge/authority";
import { type Model, openModel } from "./model";
import { Operations } from "./operations";
import { Store } from "./store";

/** What all parts of an emulator stand on. */
export interface Machine {
  config: Config;
  model: Model;
  operations: Operations;
  engine: DockerEngine;
  networks: Networks;
  authority: CertificateAuthority;
  /** The region that objects are stored in and that clients use unless told otherwise. */
  region: string;
}

/** Opens the state, and finds Docker and the networks in it. */
export async function openMachine(config: Config): Promise<Machine> {
  const model = openModel(new Store(join(config.state, "state.json")));
  const engine = new DockerEngine(model);
  await engine.check();
  const networks = new Networks(engine, model);
  await networks.open();
  return {
    config,
    model,
    operations: new Operations(),
    engine,
    networks,
    authority: new CertificateAuthority(config),
    region: "fr-par",
  };
}
