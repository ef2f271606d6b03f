import * as pulumi from "@pulumi/pulumi";
import * as docker from "@pulumi/docker";
import * as random from "@pulumi/random";
import * as scaleway from "@pulumiverse/scaleway";
import { AirflowEnvironment, EnvironmentImages } from "pulumi-scaleway-airflow";

const plain = new AirflowEnvironment("plain", { prefix: "acme", environment: "staging" });

/** Leaves its trace on all that it is applied to. */
const mark: pulumi.ResourceTransform = ({ props, opts }) => ({
  props,
  opts: pulumi.mergeOptions(opts, { retainOnDelete: true }),
});

const guided = new AirflowEnvironment(
  "guided",
  {
    prefix: "acme",
    environment: "production",
    context: "platform",
    dagProcessor: { memory: 1_024 },
    database: { publicAccess: ["203.0.113.7/32"] },
    protect: false,
  },
  {
    protect: true,
    providers: [
      new scaleway.Provider("other", { region: "nl-ams" }),
      new docker.Provider("other"),
      new random.Provider("other"),
    ],
    transforms: [mark],
  },
);

export const url: pulumi.Output<string> = plain.webserverUrl;
export const images: pulumi.Output<EnvironmentImages> = guided.images;
export const publicEndpoint: pulumi.Output<string | undefined> = guided.databasePublicEndpoint;
