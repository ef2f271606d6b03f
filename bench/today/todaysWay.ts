import { LocalWorkspace, Stack } from "@pulumi/pulumi/automation";
import { randomBytes } from "node:crypto";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { ScalewayApi } from "../../scripts/scalewayApi";
import { buildImage, pushImage } from "../../tools/providers/docker/build";
import { withCredentials } from "../../tools/providers/docker/credentials";
import { dockerClient } from "../../tools/docker";
import { run } from "../../tools/shell";
import { FreshMachine } from "../freshMachine";
import { Bench, Way } from "../way";
import { NAMESPACE, todaysInfrastructure } from "./infrastructure";
import { Role, roleNames } from "./roles";

const CONTAINERS = "/containers/v1/regions/fr-par/containers";
const REGISTRY = "ns-qfdmo";

/**
 * Today's workflow: on a machine that begins with nothing, three images are built and pushed one after the other, with
 * layers of the former build from a cache; then each container is given its new tag.
 */
export class TodaysWay implements Way {
  readonly name = "today";
  readonly containers = roleNames.map((role) => [NAMESPACE, `lvao-airflow-${role}`] as const);
  readonly account = { username: "admin", password: randomBytes(12).toString("hex") };
  private readonly api: ScalewayApi;
  private registry!: string;
  private machine?: FreshMachine;
  private cached?: Record<Role, string>;
  private ids!: Record<Role, string>;

  constructor(private readonly bench: Bench) {
    this.api = new ScalewayApi(bench.emulator.env);
    cpSync(__dirname, join(bench.context, "today"), { recursive: true });
  }

  async setUp(): Promise<void> {
    const { env } = this.bench.emulator;
    const namespace = { name: REGISTRY, project_id: env.SCW_DEFAULT_PROJECT_ID };
    const path = "/registry/v1/regions/fr-par/namespaces";
    this.registry = (await this.api.call<{ endpoint: string }>("POST", path, namespace)).endpoint;
    await this.provideBaseImage();
    await this.prepare();
    const images = await this.buildAndPush("first");
    const stack = await this.stack(images);
    const { outputs } = await stack.up({ onOutput: (text) => process.stderr.write(text) });
    this.ids = Object.fromEntries(
      roleNames.map((role) => [role, (outputs[role]!.value as string).split("/")[1]!]),
    ) as Record<Role, string>;
  }

  async prepare(): Promise<void> {
    await this.close();
    this.machine = await FreshMachine.start();
  }

  async close(): Promise<void> {
    await this.machine?.stop();
    this.machine = undefined;
  }

  async deploy(): Promise<void> {
    const images = await this.buildAndPush(randomBytes(20).toString("hex"));
    await Promise.all(roleNames.map((role) => this.setTag(role, images[role])));
  }

  private stack(images: Record<Role, string>): Promise<Stack> {
    const { SCW_ACCESS_KEY: accessKey, SCW_SECRET_KEY: secretKey } = this.bench.emulator.env;
    const logKey = { accessKey: accessKey!, secretKey: secretKey! };
    const program = async () => todaysInfrastructure({ images, admin: this.account, logKey });
    const envVars = { ...this.bench.project.env, SCW_DEFAULT_REGION: "fr-par" };
    return LocalWorkspace.createOrSelectStack(
      { stackName: "today", projectName: "today", program },
      { envVars },
    );
  }

  private async buildAndPush(tag: string): Promise<Record<Role, string>> {
    const images = {} as Record<Role, string>;
    for (const role of roleNames) {
      images[role] = `${this.registry}/airflow-${role}:${tag}`;
      await this.buildAndPushOne(role, images[role]);
    }
    this.cached = images;
    return images;
  }

  private async buildAndPushOne(role: Role, imageName: string): Promise<void> {
    const { context } = this.bench;
    const inputs = {
      ...this.login(imageName),
      build: {
        context,
        dockerfile: join(context, "today", `airflow-${role}.Dockerfile`),
        platform: "linux/amd64",
        network: "host",
        args: { BASE_IMAGE: this.baseImage, BUILDKIT_INLINE_CACHE: "1" },
        cacheFrom: { images: this.cached ? [this.cached[role]] : [] },
      },
    };
    const action = { preview: false, report: () => {}, signal: new AbortController().signal };
    await withCredentials(inputs, async (login) => {
      const env = { ...login, ...this.machine!.env };
      await buildImage(inputs, action, env);
      await pushImage(inputs, action, env);
    });
  }

  /** Stands for the registry that has Airflow's image. */
  private async provideBaseImage(): Promise<void> {
    const docker = await dockerClient();
    await run(docker, ["tag", this.bench.baseImage, this.baseImage]);
    const image = {
      ...this.login(this.baseImage),
      build: { context: "", dockerfile: "", platform: "" },
    };
    await withCredentials(image, (env) => run(docker, ["push", this.baseImage], { env }));
    await run(docker, ["image", "rm", this.baseImage]);
  }

  private get baseImage(): string {
    return `${this.registry}/airflow-base:slim`;
  }

  private login(imageName: string) {
    const password = this.bench.emulator.env.SCW_SECRET_KEY;
    return { imageName, registry: { server: this.registry, username: "nologin", password } };
  }

  /** `scw container container update`, and then a look at the status every five seconds. */
  private async setTag(role: Role, image: string): Promise<void> {
    const path = `${CONTAINERS}/${this.ids[role]}`;
    await this.api.call("PATCH", path, { image });
    await this.api.untilReady(role, path);
  }
}
