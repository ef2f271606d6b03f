import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildKit, dockerClient } from "../../tools/docker";
import { run } from "../../tools/shell";
import { EmptyRegistry } from "./registry";

const checkout = resolve(__dirname, "../..");
const base = "bench-images/base";
/** What is downloaded while an image is built is kept under this name, apart from everybody else's. */
const downloads = "id=bench-images,target=/tmp/.cache";

/** An image of a way to build: its name, and its Dockerfile in the context. */
export interface ImageSource {
  readonly name: string;
  readonly dockerfile: string;
}

/** A copy of `airflow/`, with today's Dockerfiles beside, in which images are built as if for the first time. */
export class Workshop {
  private constructor(
    private readonly context: string,
    readonly registry: EmptyRegistry,
  ) {}

  /** No step that was done before counts, as the base image is new, and no download, as they are deleted. */
  static async open(folder: string, baseImage: string, registry: EmptyRegistry): Promise<Workshop> {
    const context = join(folder, "airflow");
    cpSync(join(checkout, "airflow"), context, { recursive: true });
    cpSync(join(checkout, "bench/today"), join(context, "today"), { recursive: true });
    const freshBase = [
      `FROM ${baseImage}`,
      `RUN --mount=type=cache,uid=50000,${downloads} rm -rf /tmp/.cache/* && echo ${Date.now()} > /tmp/base`,
    ];
    const args = ["build", `--tag=${base}`, "-"];
    await run(await dockerClient(), args, { env: buildKit, input: freshBase.join("\n") });
    return new Workshop(context, registry);
  }

  /** Builds an image; gives the seconds that it took. */
  async build({ name, dockerfile }: ImageSource): Promise<number> {
    const own = join(this.context, dockerfile);
    writeFileSync(
      own,
      readFileSync(own, "utf8").replaceAll("cache,target=/tmp/.cache", `cache,${downloads}`),
    );
    const options = [`--tag=${this.registry.reference(name)}`, `--build-arg=BASE_IMAGE=${base}`];
    const begun = performance.now();
    const args = ["build", ...options, `--file=${own}`, this.context];
    await run(await dockerClient(), args, { env: buildKit });
    return (performance.now() - begun) / 1_000;
  }

  /** Pushes an image; gives the bytes that the registry did not have. */
  async push({ name }: ImageSource): Promise<number> {
    const before = this.registry.bytes();
    await run(await dockerClient(), ["push", "--quiet", this.registry.reference(name)]);
    return this.registry.bytes() - before;
  }

  /** The size of an image on a disk, in bytes. */
  async size({ name }: ImageSource): Promise<number> {
    const args = ["image", "inspect", "--format={{.Size}}", this.registry.reference(name)];
    return Number(await run(await dockerClient(), args));
  }

  /** Changes one line of a DAG. */
  editDag(): void {
    const file = join(this.context, "dags/ingest_repair_actors.py");
    writeFileSync(file, readFileSync(file, "utf8").replace('"@daily"', '"@hourly"'));
  }

  async close(images: ImageSource[]): Promise<void> {
    const references = [base, ...images.map(({ name }) => this.registry.reference(name))];
    await run(await dockerClient(), ["rmi", "--force", ...references]);
  }
}
