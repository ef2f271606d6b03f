import * as pulumi from "@pulumi/pulumi";
import { AirflowContainer, AirflowContainerArgs, AirflowRole } from "../../components";
import { named, record, resolved } from "../mocks";

const built = {
  context: "airflow",
  registry: { endpoint: "rg.fr-par.scw.cloud/lvao", secretKey: "push-secret" },
};

const build = (args: Partial<AirflowContainerArgs> = {}, answers = {}) =>
  record(
    () =>
      new AirflowContainer("scheduler", {
        role: AirflowRole.Scheduler,
        containerName: "lvao-airflow-scheduler",
        namespaceId: "namespace-1",
        image: built,
        size: { cpu: 2_000, memory: 4_096 },
        ...args,
      }),
    answers,
  );

test("builds the role's Dockerfile for amd64, never in a preview, and pushes with the given key", async () => {
  const { resources } = await build();
  const image = named(resources, "scheduler-image");
  expect(image.type).toBe("docker:index/image:Image");
  expect(image.parent).toBe("scheduler");
  expect(image.inputs).toEqual({
    imageName: "rg.fr-par.scw.cloud/lvao/lvao-airflow-scheduler:latest",
    build: {
      context: "airflow",
      dockerfile: "airflow/airflow-scheduler.Dockerfile",
      platform: "linux/amd64",
      builderVersion: "BuilderBuildKit",
      cacheFrom: { images: ["rg.fr-par.scw.cloud/lvao/lvao-airflow-scheduler:latest"] },
      args: { BUILDKIT_INLINE_CACHE: "1" },
    },
    buildOnPreview: false,
    skipPush: false,
    registry: {
      server: "rg.fr-par.scw.cloud/lvao",
      username: "nologin",
      password: { secret: "push-secret" },
    },
  });
});

test("without a role, it is whatever its arguments say", async () => {
  const { resources } = await build({
    role: undefined,
    port: 5_555,
    healthPath: "/up",
    isPublic: true,
  });
  expect(named(resources, "scheduler-image").inputs.build).toMatchObject({
    dockerfile: "airflow/Dockerfile",
  });
  expect(named(resources, "scheduler-container").inputs).toMatchObject({
    port: 5_555,
    privacy: "public",
    startupProbe: { http: { path: "/up" } },
    livenessProbe: { http: { path: "/up" } },
  });
});

test("without a role and anything said, it answers on 8080 and to nobody from outside", async () => {
  const { resources } = await build({ role: undefined, image: "rg.fr-par.scw.cloud/acme/api" });
  expect(resources.filter(({ type }) => type.startsWith("docker:"))).toEqual([]);
  expect(named(resources, "scheduler-container").inputs).toMatchObject({
    image: "rg.fr-par.scw.cloud/acme/api",
    port: 8_080,
    privacy: "private",
  });
});

test("builds another Dockerfile on another base when told to, with Docker's own login", async () => {
  const { resources } = await build({
    image: {
      context: "platform/airflow",
      dockerfile: "worker.Dockerfile",
      baseImage: "airflow:mine",
      registry: { endpoint: "rg.fr-par.scw.cloud/lvao" },
    },
  });
  const { inputs } = named(resources, "scheduler-image");
  expect(inputs.build).toMatchObject({
    context: "platform/airflow",
    dockerfile: "platform/airflow/worker.Dockerfile",
    args: { BASE_IMAGE: "airflow:mine", BUILDKIT_INLINE_CACHE: "1" },
  });
  expect(inputs).not.toHaveProperty("registry");
});

test("deploys the image by digest, always on, with the role's port, probes and limits", async () => {
  const { resources } = await build({
    processes: ["scheduler", "triggerer"],
    localStorage: 20_000,
    requestTimeout: 300,
    privateNetworkId: "network-1",
    variables: { A: "1" },
    secretVariables: { B: "hidden" },
    tags: ["preprod"],
  });
  const container = named(resources, "scheduler-container");
  expect(container.type).toBe("scaleway:containers/container:Container");
  expect(container.parent).toBe("scheduler");
  expect(container.inputs).toEqual({
    name: "lvao-airflow-scheduler",
    namespaceId: "namespace-1",
    image: "rg.fr-par.scw.cloud/lvao/lvao-airflow-scheduler@sha256:0",
    args: ["scheduler", "triggerer"],
    port: 8974,
    protocol: "http1",
    privacy: "private",
    httpsConnectionsOnly: true,
    sandbox: "v1",
    timeout: 300,
    cpuLimit: 2_000,
    memoryLimitBytes: 4_096_000_000,
    localStorageLimitBytes: 20_000_000_000,
    minScale: 1,
    maxScale: 1,
    startupProbe: {
      http: { path: "/health" },
      interval: "10s",
      timeout: "5s",
      failureThreshold: 42,
    },
    livenessProbe: {
      http: { path: "/health" },
      interval: "10s",
      timeout: "5s",
      failureThreshold: 4,
    },
    environmentVariables: { A: "1" },
    secretEnvironmentVariables: { secret: { B: "hidden" } },
    privateNetworkId: "network-1",
    tags: ["preprod"],
  });
});

test("the webserver is public and answers on its own port and path", async () => {
  const { resources } = await build({ role: AirflowRole.Webserver });
  expect(named(resources, "scheduler-container").inputs).toMatchObject({
    port: 8080,
    privacy: "public",
    sandbox: "v2",
    livenessProbe: { http: { path: "/api/v2/version" } },
  });
});

test("runs an image that exists already, and builds nothing", async () => {
  const image = pulumi.output("rg.fr-par.scw.cloud/lvao/airflow@sha256:1");
  const { resources, result } = await build({ image });
  expect(resources.map((resource) => resource.name)).toEqual(["scheduler", "scheduler-container"]);
  expect((await resolved(result.image)).value).toBe("rg.fr-par.scw.cloud/lvao/airflow@sha256:1");
});

test("what the component itself keeps in the state has no secret in the open", async () => {
  const { resources } = await build({ secretVariables: { B: "hidden" } });
  const { inputs } = named(resources, "scheduler");
  expect(inputs).toMatchObject({
    image: { registry: { secretKey: { secret: "push-secret" } } },
    secretVariables: { secret: { B: "hidden" } },
  });
});

test("gives the public address once the container is ready", async () => {
  const { result } = await build();
  expect((await resolved(result.url)).value).toBe("https://lvao-airflow-scheduler.example");
});
