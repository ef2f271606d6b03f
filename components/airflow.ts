import * as pulumi from "@pulumi/pulumi";
import { AirflowContainer, buildImage, ImageBuild } from "./airflowContainer";
import { AdminAccount, AirflowWiring } from "./variables/airflowVariables";
import { EnvironmentSettings } from "./checks/schema";
import { containerSize, containerVariables } from "./variables/containerVariables";
import { assertAirflowWorks, healthOf } from "./gate/airflowWorks";
import { ResourceNames } from "./names";
import { AirflowRole } from "./roles";

/** What the containers of an environment have in common. */
export interface Platform {
  /** First part of the name of every child. */
  readonly name: string;
  readonly names: ResourceNames;
  readonly settings: EnvironmentSettings;
  readonly namespaceId: pulumi.Output<string>;
  readonly privateNetworkId: pulumi.Output<string>;
  /** Where images are pushed. */
  readonly registryEndpoint: pulumi.Output<string>;
  /** Key that pushes images and reads logs. */
  readonly secretKey?: pulumi.Input<string>;
  readonly wiring: AirflowWiring<pulumi.Output<string>>;
  readonly admin: AdminAccount<pulumi.Output<string>>;
  /** The declared connections, variables and pools, as JSON. */
  readonly objects: pulumi.Output<string>;
  /** What the containers do in Airflow's place, while the database goes back to a former version's schema. */
  readonly downgrade?: pulumi.Output<string>;
  readonly tags: pulumi.Input<string>[];
  readonly opts: pulumi.ComponentResourceOptions & { readonly parent: pulumi.Resource };
}

/** The containers of an Airflow. */
export interface AirflowContainers {
  readonly webserver: AirflowContainer;
  readonly scheduler: AirflowContainer;
  /** Its own container, or the scheduler's. */
  readonly dagProcessor: AirflowContainer;
}

/** Deploys Airflow's containers; or, for a downgrade, what takes their place. */
export function deployAirflow(platform: Platform): AirflowContainers {
  const images = imagesOf(platform);
  return platform.downgrade === undefined
    ? deployWorking(platform, images)
    : deployStandingBy(platform, images);
}

/** Each container once it can work. */
function deployWorking(platform: Platform, images: Images): AirflowContainers {
  const { wiring } = platform;
  // The webserver migrates the database and gives the address at which tasks report, so it comes first.
  const webserver = deploy(platform, "webserver", { wiring, image: images.webserver });
  const worker = {
    wiring: { ...wiring, executionApiUrl: pulumi.interpolate`${webserver.url}/execution/` },
    image: images.scheduler,
  };
  return { webserver, ...deployWorkers(platform, worker) };
}

/** The other way round: tasks report to the webserver until they have ended, and it takes the database back at last. */
function deployStandingBy(platform: Platform, images: Images): AirflowContainers {
  const { wiring } = platform;
  const workers = deployWorkers(platform, { wiring, image: images.scheduler });
  const webserver = deploy(platform, "webserver", {
    wiring,
    image: images.webserver,
    after: workers.scheduler,
  });
  return { webserver, ...workers };
}

/** The scheduler comes last: it ends what a rotation has begun, once no container lacks the newest secrets. */
function deployWorkers(
  platform: Platform,
  worker: RoleDeployment,
): Pick<AirflowContainers, "scheduler" | "dagProcessor"> {
  const { settings } = platform;
  const dagProcessor =
    settings.dagProcessor &&
    deploy(platform, "dagProcessor", { ...worker, processes: ["dag-processor"] });
  const scheduler = deploy(platform, "scheduler", {
    ...worker,
    processes: schedulerProcesses(settings),
    after: dagProcessor,
  });
  return { scheduler, dagProcessor: dagProcessor ?? scheduler };
}

function schedulerProcesses({ dagProcessor }: EnvironmentSettings): string[] {
  return ["scheduler", ...(dagProcessor ? [] : ["dag-processor"]), "triggerer"];
}

/** The webserver's address, once the whole of Airflow works, or stands by. */
export function workingUrl(
  { webserver, scheduler, dagProcessor }: AirflowContainers,
  { admin, downgrade }: Pick<Platform, "admin" | "downgrade">,
): pulumi.Output<string> {
  if (downgrade !== undefined) return webserver.url;
  const containers = {
    metadatabase: webserver.deployed,
    scheduler: scheduler.deployed,
    dag_processor: dagProcessor.deployed,
    triggerer: scheduler.deployed,
  };
  const before = webserver.url.apply(healthOf);
  const airflow = pulumi.output({ url: webserver.url, ...admin, containers, before });
  return pulumi.unsecret(airflow).apply(async (deployed) => {
    await assertAirflowWorks(deployed);
    return deployed.url;
  });
}

/** What differs from one role's container to another's. */
interface RoleDeployment {
  readonly wiring: AirflowWiring<pulumi.Output<string>>;
  readonly image: ImageBuild | pulumi.Output<string>;
  readonly processes?: string[];
  /** The container that has to be ready before. */
  readonly after?: AirflowContainer;
}

function deploy(platform: Platform, role: AirflowRole, own: RoleDeployment): AirflowContainer {
  const { name, names, settings, opts } = platform;
  const { admin, objects, downgrade } = platform;
  const wired = { wiring: own.wiring, admin, objects, downgrade };
  const variables = containerVariables(role, settings, wired);
  return new AirflowContainer(
    `${name}-${role}`,
    {
      role,
      containerName: names[role],
      namespaceId: platform.namespaceId,
      privateNetworkId: platform.privateNetworkId,
      image: own.image,
      processes: own.processes,
      size: containerSize(role, settings),
      localStorage: (settings[role] ?? settings.scheduler).localStorage,
      requestTimeout: role === "webserver" ? settings.webserver.requestTimeout : undefined,
      variables: variables.plain,
      secretVariables: variables.secret,
      tags: [...platform.tags, role],
      apiSecretKey: platform.secretKey,
    },
    { ...opts, dependsOn: own.after?.url.apply(() => own.after!) },
  );
}

type Images = Record<"webserver" | "scheduler", RoleDeployment["image"]>;

/** The scheduler's image is built here, because a dag-processor's container runs it too. */
function imagesOf(platform: Platform): Images {
  const { name, names, settings, registryEndpoint: endpoint, secretKey } = platform;
  const { context, baseImage, images } = settings;
  const build: ImageBuild = { context, baseImage, registry: { endpoint, secretKey } };
  const scheduler = { role: "scheduler", containerName: names.scheduler } as const;
  return {
    webserver: images.webserver ? pulumi.output(images.webserver) : build,
    scheduler: images.scheduler
      ? pulumi.output(images.scheduler)
      : buildImage(`${name}-scheduler`, scheduler, build, platform.opts.parent),
  };
}
