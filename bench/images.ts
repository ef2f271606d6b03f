import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { freePort } from "../emulator/listening";
import { ensureBaseImages } from "../tools/baseImages";
import { step } from "../tools/progress";
import { ensureServers } from "../tools/servers";
import { EmptyRegistry, Layer } from "./images/registry";
import { ImageSource, Workshop } from "./images/workshop";

const images: ImageSource[] = [
  { name: "webserver", dockerfile: "airflow-webserver.Dockerfile" },
  { name: "scheduler", dockerfile: "airflow-scheduler.Dockerfile" },
  { name: "scheduler-of-today", dockerfile: "today/airflow-scheduler.Dockerfile" },
];

/** Measures the images in a registry and a folder of their own, of which nothing stays. */
async function main(): Promise<void> {
  const { airflow } = await ensureBaseImages();
  const { registry: binary } = await ensureServers();
  const folder = mkdtempSync(`${tmpdir()}/bench-images-`);
  const registry = await EmptyRegistry.start(binary, folder, await freePort());
  const workshop = await Workshop.open(folder, airflow, registry);
  try {
    process.stdout.write(table(await measure(workshop, registry)));
  } finally {
    await workshop.close(images);
    await registry.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Row = [title: string, ofEachImage: string[]];

/** Builds and pushes each image for the first time, again, and after a line of a DAG has changed. */
async function measure(workshop: Workshop, registry: EmptyRegistry): Promise<Row[]> {
  const first = await each("first build", (image) => workshop.build(image));
  const pushed = await each("first push", (image) => workshop.push(image));
  const sizes = await each("size", (image) => workshop.size(image));
  const layers = await each("layers", ({ name }) => registry.layers(name));
  const again = await each("build again", (image) => workshop.build(image));
  workshop.editDag();
  const edited = await each("build with an edited DAG", (image) => workshop.build(image));
  const pushedAgain = await each("push of that", (image) => workshop.push(image));
  return [
    ["size on disk, MB", sizes.map(megabytes)],
    ["layers", layers.map(({ length }) => String(length))],
    ["compressed, MB", layers.map((it) => megabytes(sum(it)))],
    ["of this in the webserver's too, MB", layers.map((it) => megabytes(shared(it, layers[0]!)))],
    ["first build, s", first.map(seconds)],
    ["first push, MB", pushed.map(megabytes)],
    ["build again, s", again.map(seconds)],
    ["build after a line of a DAG has changed, s", edited.map(seconds)],
    ["push of that, bytes", pushedAgain.map(String)],
  ];
}

/** Does something with one image after the other. */
async function each<T>(what: string, work: (image: ImageSource) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (const image of images) {
    results.push(await step(`${image.name}: ${what}`, () => work(image)));
  }
  return results;
}

const sum = (layers: Layer[]) => layers.reduce((total, { size }) => total + size, 0);
const shared = (layers: Layer[], others: Layer[]) =>
  sum(layers.filter(({ digest }) => others.some((other) => other.digest === digest)));
const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
const seconds = (value: number) => value.toFixed(1);

function table(rows: Row[]): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |\n`;
  const head = [
    line(["", ...images.map(({ name }) => name)]),
    line(["---", ...images.map(() => "---:")]),
  ];
  return [...head, ...rows.map(([title, cells]) => line([title, ...cells]))].join("");
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
