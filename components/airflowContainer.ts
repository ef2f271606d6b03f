import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";
import { posix } from "node:path";
import { ContainerSize } from "./variables/airflowVariables";
import { DeployedContainer } from "./gate/containerLog";
import { Changed, changedHook } from "./gate/changed";
import { assertReady } from "./gate/containerReady";
import { AirflowRole, noRole, RoleDefinition, roleDefinitions } from "./roles";
import { containerProblems } from "./checks/componentArgs";
import { refuse } from "./checks/validate";
import { isPlain } from "./secrets/secretReference";

/** An image to build from a Dockerfile and to push. */
export interface ImageBuild {
  /**
   * Folder with everything that goes into the image, relative to the Pulumi project. Files that
   * `<dockerfile>.dockerignore` names do not count: changing them builds nothing.
   */
  readonly context: string;
  /** The Dockerfile in the context. Default: the role's, `Dockerfile` without a role. */
  readonly dockerfile?: string;
  /** The image to build on. Default: the one that the Dockerfile names, Airflow's official slim image. */
  readonly baseImage?: string;
  /** Where to push the image. */
  readonly registry: Registry;
}

/** A container registry and how to log in to it. */
export interface Registry {
  /** Address of the registry namespace, for example `rg.fr-par.scw.cloud/lvao-preprod-airflow`. */
  readonly endpoint: pulumi.Input<string>;
  /**
   * Secret key of a Scaleway API key that may push; sent with the user name `nologin` (Scaleway, "Container Registry:
   * connect the Docker CLI"). Default: the login that Docker already has.
   */
  readonly secretKey?: pulumi.Input<string>;
}

/** Arguments of an `AirflowContainer`. */
export interface AirflowContainerArgs {
  /** What the container does in Airflow. Default: nothing, it is a container of your own. */
  readonly role?: AirflowRole;
  /** Name of the container, for example `lvao-airflow-scheduler`. A new name recreates it. */
  readonly containerName: string;
  /** Id of the container namespace. Another one recreates the container. */
  readonly namespaceId: pulumi.Input<string>;
  /** The image to build, or the reference of one that exists, best with its digest. */
  readonly image: ImageBuild | pulumi.Input<string>;
  /** CPU in mvCPU (70 to 6000) and memory in MB (128 to 12288), one of Scaleway's pairs ("Containers limitations"). */
  readonly size: ContainerSize;
  /** Size of the container's disk, in MB. Default 1000. */
  readonly localStorage?: number;
  /** How long a request may take, in seconds, at most 3600. Default 300. */
  readonly requestTimeout?: number;
  /** The port on which the container answers. Default: the role's, 8080 without a role. */
  readonly port?: number;
  /** The path, on that port, that answers 200 when the container works. Default: the role's, `/` without a role. */
  readonly healthPath?: string;
  /** Whether anyone reaches it; if not, only who holds a token of the namespace. Default: as the role, else false. */
  readonly isPublic?: boolean;
  /** The Airflow processes to run in the container. Default: those that the image runs by itself. */
  readonly processes?: string[];
  /** Environment variables. */
  readonly variables?: Record<string, pulumi.Input<string>>;
  /** Environment variables that nobody may read: never empty, because Scaleway cannot remove an empty one again. */
  readonly secretVariables?: Record<string, pulumi.Input<string>>;
  /** Private network to join, for example the database's. */
  readonly privateNetworkId?: pulumi.Input<string>;
  /** Tags of the container. */
  readonly tags?: pulumi.Input<string>[];
  /**
   * Secret key of a Scaleway API key that may read the container's log and deploy it again (`ObservabilityFullAccess`,
   * `ContainersFullAccess`): an update that fails then shows why. Default: only where the log is.
   */
  readonly apiSecretKey?: pulumi.Input<string>;
}

/**
 * One image and one Scaleway container that runs it, for one role of Airflow or for something of your own beside it,
 * always on. With `dependsOn`, the container waits for other resources, and the image does not.
 */
export class AirflowContainer extends pulumi.ComponentResource {
  /** Reference of the deployed image, with its digest. */
  readonly image: pulumi.Output<string>;
  /** Public address, as `https://…`. An update whose container does not start fails here, with the end of its log. */
  readonly url: pulumi.Output<string>;
  /** The container once it is ready, with the secrets to keep out of what is said of it. Secret. */
  readonly deployed: pulumi.Output<DeployedContainer>;

  /** @throws `pulumi.InputPropertiesError` that names every argument at fault, before anything is registered. */
  constructor(name: string, args: AirflowContainerArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse("AirflowContainer", containerProblems(args));
    super("pulumi-scaleway-airflow:index:AirflowContainer", name, withSecrets(args), opts);
    const role = roleOf(args);

    this.image = isBuild(args.image)
      ? buildImage(name, args, args.image, this)
      : pulumi.output(args.image);
    const changed = changedHook(`${name}-changed`);
    const container = new scaleway.containers.Container(
      `${name}-container`,
      {
        name: args.containerName,
        namespaceId: args.namespaceId,
        image: this.image,
        args: args.processes,
        port: role.port,
        protocol: "http1",
        privacy: role.privacy,
        httpsConnectionsOnly: true,
        sandbox: role.sandbox,
        timeout: args.requestTimeout ?? 300,
        cpuLimit: args.size.cpu,
        memoryLimitBytes: megabytes(args.size.memory),
        // Stated even where it is the default: what is left out keeps its former value.
        localStorageLimitBytes: megabytes(args.localStorage ?? 1_000),
        minScale: 1,
        maxScale: 1,
        startupProbe: { http: { path: role.healthPath }, ...STARTUP_PROBE },
        livenessProbe: { http: { path: role.healthPath }, ...LIVENESS_PROBE },
        environmentVariables: args.variables ?? {},
        secretEnvironmentVariables: args.secretVariables ?? {},
        privateNetworkId: args.privateNetworkId,
        tags: args.tags,
      },
      { parent: this, dependsOn: opts?.dependsOn, hooks: changed.hooks },
    );
    this.deployed = ready(container, args, changed);
    this.url = pulumi
      .all([container.publicEndpoint, pulumi.unsecret(this.deployed)])
      .apply(([url]) => url);
    this.registerOutputs({ image: this.image, url: this.url });
  }
}

/**
 * Seven minutes for the first good answer. Of these a container waits up to three for the database; migrations, which
 * others wait for, take seconds to a few minutes, the start of Airflow 15 to 40 s (measured, on one to two CPUs).
 */
const STARTUP_PROBE = { interval: "10s", timeout: "5s", failureThreshold: 42 };
/**
 * A process that hangs is found within 75 s: after 30 s its heartbeat is old, and four bad answers restart the
 * container. A probe costs 4 ms of CPU (measured).
 */
const LIVENESS_PROBE = { interval: "10s", timeout: "5s", failureThreshold: 4 };

/** The container, once Scaleway says that it is ready. */
function ready(
  container: scaleway.containers.Container,
  { containerName: name, secretVariables = {}, apiSecretKey }: AirflowContainerArgs,
  changed: Changed,
): pulumi.Output<DeployedContainer> {
  const { id, status, errorMessage } = container;
  return pulumi
    .secret(pulumi.all([id, status, errorMessage, pulumi.output(secretVariables), apiSecretKey]))
    .apply(async ([id, status, error_message, secrets, secretKey]) => {
      const deployed = {
        name,
        id,
        secrets: Object.values(secrets),
        secretKey,
        changed: changed(),
      };
      return assertReady(deployed, { status, error_message });
    });
}

/** Component arguments are kept in the state, so what is secret must be so before it gets there. */
function withSecrets(args: AirflowContainerArgs): pulumi.Inputs {
  const { image, secretVariables, apiSecretKey } = args;
  return {
    ...args,
    apiSecretKey: apiSecretKey && pulumi.secret(apiSecretKey),
    image: isBuild(image) ? { ...image, registry: withSecretKey(image.registry) } : image,
    secretVariables: secretVariables && pulumi.secret(secretVariables),
  };
}

const withSecretKey = ({ endpoint, secretKey }: Registry) => ({
  endpoint,
  secretKey: secretKey && pulumi.secret(secretKey),
});

const isBuild = (image: AirflowContainerArgs["image"]): image is ImageBuild => isPlain(image);

/** The definition of the container's role, with what its arguments say otherwise. */
function roleOf({ role, port, healthPath, isPublic }: AirflowContainerArgs): RoleDefinition {
  const { privacy, ...defined } = role ? roleDefinitions[role] : noRole;
  return {
    ...defined,
    port: port ?? defined.port,
    healthPath: healthPath ?? defined.healthPath,
    privacy: isPublic === undefined ? privacy : isPublic ? "public" : "private",
  };
}

/** Builds and pushes a container's image; gives its reference with its digest. */
export function buildImage(
  name: string,
  { role, containerName }: Pick<AirflowContainerArgs, "role" | "containerName">,
  build: ImageBuild,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const { endpoint, secretKey } = build.registry;
  const definition = role ? roleDefinitions[role] : noRole;
  const imageName = pulumi.interpolate`${endpoint}/${containerName}:latest`;
  const image = new docker.Image(
    `${name}-image`,
    {
      imageName,
      build: {
        context: build.context,
        // @pulumi/docker takes this path from the project, not from the context.
        dockerfile: posix.join(build.context, build.dockerfile ?? definition.dockerfile),
        platform: "linux/amd64",
        builderVersion: "BuilderBuildKit",
        // On a machine that has built nothing yet, the layers of the former build come from the registry.
        cacheFrom: { images: [imageName] },
        args: {
          BUILDKIT_INLINE_CACHE: "1",
          ...(build.baseImage !== undefined && { BASE_IMAGE: build.baseImage }),
        },
      },
      buildOnPreview: false,
      registry:
        secretKey === undefined
          ? undefined
          : { server: endpoint, username: "nologin", password: pulumi.secret(secretKey) },
    },
    { parent },
  );
  return image.repoDigest;
}

/** Scaleway counts in MB of 10^6 bytes. */
function megabytes(count: number): number {
  return count * 1_000_000;
}
