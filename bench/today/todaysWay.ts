import { randomBytes } from "node:crypto";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { ScalewayApi } from "../../scripts/scalewayApi";
import { buildImage, pushImage } from "../../tools/providers/docker/build";
import { withCredentials } from "../../tools/providers/docker/credentials";
import { createRegistry, loginTo } from "../baseImage";
import { Bench, Way } from "../way";
import { TodaysInfrastructure } from "./infrastructure";
import { Role, roleNames } from "./roles";

const CONTAINERS = "/containers/v1/regions/fr-par/containers";
const REGISTRY = "ns-qfdmo";
const NAMESPACE = "lvao-today";

/**
 * Today's workflow: three images are built and pushed one after the other, with layers of the former build from a
 * cache; the infrastructure is applied; then each container is given its new tag.
 */
export class TodaysWay implements Way {
  readonly name = "today";
  readonly containers = roleNames.map((role) => [NAMESPACE, `lvao-airflow-${role}`] as const);
  readonly account = { username: "admin", password: randomBytes(12).toString("hex") };
  private readonly api: ScalewayApi;
  private registry!: string;
  private cached?: Record<Role, string>;
  private infrastructure!: TodaysInfrastructure;
  private ids!: Record<Role, string>;

  constructor(private readonly bench: Bench) {
    this.api = new ScalewayApi(bench.emulator.env);
    cpSync(__dirname, join(bench.context, "today"), { recursive: true });
  }

  async setUp(): Promise<void> {
    this.registry = await createRegistry(this.bench, REGISTRY);
    const images = await this.buildAndPush("first");
    const { project, emulator } = this.bench;
    [this.infrastructure, this.ids] = await TodaysInfrastructure.make(
      project.folder,
      emulator.env,
      { namespace: NAMESPACE, images, adminPassword: this.account.password },
    );
  }

  async deploy(): Promise<void> {
    const images = await this.buildAndPush(randomBytes(20).toString("hex"));
    await this.infrastructure.apply();
    await Promise.all(roleNames.map((role) => this.setTag(role, images[role])));
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
    const { context, baseImage } = this.bench;
    const inputs = {
      ...loginTo(this.registry, imageName, this.bench),
      build: {
        context,
        dockerfile: join(context, "today", `airflow-${role}.Dockerfile`),
        platform: "linux/amd64",
        network: "host",
        args: { BASE_IMAGE: baseImage, BUILDKIT_INLINE_CACHE: "1" },
        cacheFrom: { images: this.cached ? [this.cached[role]] : [] },
      },
    };
    const action = { preview: false, report: () => {}, signal: new AbortController().signal };
    await withCredentials(inputs, async (login) => {
      await buildImage(inputs, action, login);
      await pushImage(inputs, action, login);
    });
  }

  /** `scw container container update`, and then a look at the status every five seconds. */
  private async setTag(role: Role, image: string): Promise<void> {
    const path = `${CONTAINERS}/${this.ids[role].split("/")[1]}`;
    await this.api.call("PATCH", path, { image });
    await this.api.untilReady(role, path);
  }
}
