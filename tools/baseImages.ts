import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildKit, dockerClient, ensureDocker } from "./docker";
import { say, step } from "./progress";
import { run, succeeds } from "./shell";

const dockerfile = readFileSync(join(__dirname, "../airflow/airflow-scheduler.Dockerfile"), "utf8");
const official = { debian: "debian:bookworm-slim", airflow: defaultOf("BASE_IMAGE") };
const airflowVersion = /slim-([\d.]+)/.exec(official.airflow)![1]!;
export const uvVersion = defaultOf("UV_VERSION");
const recipe = join(__dirname, "base-image");
const caBundle = "/etc/ssl/certs/ca-certificates.crt";
const firstAnswerLimit = 8_000;

/** References of images, for use in FROM. */
export interface BaseImages {
  debian: string;
  airflow: string;
}

/** The official base images where they can be had, else stand-ins made from package registries alone. */
export async function ensureBaseImages(): Promise<BaseImages> {
  await ensureDocker();
  const debian = (await officialImage(official.debian)) ?? (await debianStandIn());
  return { debian, airflow: await ensureAirflowImage(debian) };
}

/** The slim image of an Airflow, by default of the version that the Dockerfiles name, or a stand-in on this Debian. */
export async function ensureAirflowImage(
  debian: string,
  version = airflowVersion,
): Promise<string> {
  const image = official.airflow.replace(airflowVersion, version);
  return (await officialImage(image)) ?? airflowStandIn(debian, version);
}

/** The image itself once it is in Docker, pulled if need be; `undefined` if its registry does not answer in time. */
async function officialImage(image: string): Promise<string | undefined> {
  if (await exists(image)) return image;
  say(`Looking for ${image} in its registry (at most ${firstAnswerLimit / 1000} s) …`);
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), firstAnswerLimit);
  const pulled = await succeeds(
    await dockerClient(),
    ["pull", "--platform", "linux/amd64", image],
    {
      signal: silence.signal,
      onLine: () => clearTimeout(timer),
    },
  );
  clearTimeout(timer);
  if (!pulled) say(`${image} cannot be pulled: a stand-in takes its place`);
  return pulled ? image : undefined;
}

/** A minimal Debian from its packages, which trusts the same authorities as this machine. */
async function debianStandIn(): Promise<string> {
  const trusted = process.env.SSL_CERT_FILE ?? caBundle;
  const image = `stand-in/debian:bookworm-slim-${digest([readFileSync(trusted, "utf8")])}`;
  if (await exists(image)) return image;
  if (process.getuid?.() !== 0 || !(await succeeds("debootstrap", ["--version"]))) {
    throw new Error(
      `${official.debian} cannot be pulled, and a stand-in needs Debian, root and the package debootstrap.`,
    );
  }
  await step(
    "Making a stand-in for Debian's image from its packages (about a minute)",
    async () => {
      const folder = mkdtempSync(join(tmpdir(), "debian-stand-in-"));
      const root = join(folder, "root");
      const archive = join(folder, "root.tar");
      try {
        const options = ["--variant=minbase", "--include=ca-certificates"];
        await run("debootstrap", [...options, "bookworm", root, ...(await debianMirror())]);
        copyFileSync(trusted, join(root, caBundle));
        await run("tar", [
          "--create",
          "--file",
          archive,
          "--directory",
          root,
          "--exclude=./var/cache/apt/archives/*.deb",
          "--exclude=./var/lib/apt/lists/*",
          ".",
        ]);
        await run(await dockerClient(), [
          "import",
          "--change",
          "LABEL stand-in=true",
          archive,
          image,
        ]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
  return image;
}

/** Where this machine's apt gets bookworm from; none where apt has another suite, and debootstrap's default serves. */
async function debianMirror(): Promise<string[]> {
  const filter = ["Created-By: Packages", "Codename: bookworm", "Component: main"];
  const sites = await run("apt-get", ["indextargets", "--format", "$(SITE)", ...filter]);
  return sites.split("\n").filter(Boolean).slice(0, 1);
}

/** Airflow's core on a Debian base, laid out as in the official slim image. */
async function airflowStandIn(debian: string, version: string): Promise<string> {
  const sources = ["Dockerfile", "entrypoint"].map((name) =>
    readFileSync(join(recipe, name), "utf8"),
  );
  const image = `stand-in/airflow:slim-${version}-${digest([debian, uvVersion, ...sources])}`;
  if (await exists(image)) return image;
  const values = {
    DEBIAN_IMAGE: debian,
    AIRFLOW_VERSION: version,
    UV_VERSION: uvVersion,
  };
  const buildArgs = Object.entries(values).flatMap(([name, value]) => [
    "--build-arg",
    `${name}=${value}`,
  ]);
  await step(
    "Making a stand-in for Airflow's slim image from its packages (about two minutes)",
    async () =>
      run(
        await dockerClient(),
        [
          "build",
          "--platform",
          "linux/amd64",
          "--label",
          "stand-in=true",
          ...buildArgs,
          "--tag",
          image,
          recipe,
        ],
        { env: buildKit },
      ),
  );
  return image;
}

/** The default of a build argument of Airflow's own images: their versions are written there and nowhere else. */
function defaultOf(argument: string): string {
  return new RegExp(`^ARG ${argument}=(\\S+)$`, "m").exec(dockerfile)![1]!;
}

async function exists(image: string): Promise<boolean> {
  return succeeds(await dockerClient(), ["image", "inspect", image]);
}

function digest(parts: string[]): string {
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 12);
}
