import { AirflowEnvironment } from "pulumi-scaleway-airflow";
import { PrivateNetwork } from "@pulumiverse/scaleway/network/index.js";

const network = new PrivateNetwork("shared", { name: "shared" });

/** @param {string} environment */
const environmentNamed = (environment) =>
  new AirflowEnvironment(environment, {
    prefix: "acme",
    environment,
    existing: {
      namespaceId: "fr-par/11111111-1111-1111-1111-111111111111",
      registryEndpoint: "rg.fr-par.scw.cloud/acme",
      privateNetworkId: network.id,
    },
    names: { webserver: `${environment}-web`, scheduler: `${environment}-scheduler` },
  });

export const staging = environmentNamed("staging").webserverUrl;
export const production = environmentNamed("production").webserverUrl;
