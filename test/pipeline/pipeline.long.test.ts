import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { EmulatedResources, Emulator } from "../../scripts/emulator";
import { s3Client } from "../../scripts/logs";
import { cleanRegistry } from "../../scripts/pipeline/cleanRegistry";
import { deploy } from "../../scripts/pipeline/deploy";
import { imageReference } from "../../scripts/pipeline/imageRegistry";
import { preview } from "../../scripts/pipeline/preview";
import { reap } from "../../scripts/pipeline/reap";
import { PulumiProject } from "../../scripts/pulumiProject";
import { setUp } from "../../tools/setup";

const MINUTE = 60_000;
const STATE = "lvao-pulumi-state";
/** The last parameter is for Pulumi 3.256.0, which no other S3 server than Amazon's understands without (pulumi issue 24219). */
const BACKEND = `s3://${STATE}?endpoint=https://s3.fr-par.scw.cloud&region=fr-par&request_checksum_calculation=when_supported`;
const checkout = resolve(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "airflow-pipeline-"));
let emulator: Emulator;
let project: string;
/** The environment with a key that may only read. */
let reading: Record<string, string> | undefined;

beforeAll(async () => {
  const toolbox = await setUp();
  emulator = await Emulator.start(folder, toolbox);
  const { folder: linked, env } = new PulumiProject(folder, emulator.env);
  project = linked;
  cpSync(join(checkout, "test/engine/light"), join(project, "light"), { recursive: true });
  for (const name of ["preprod", "prod", "pr"]) useLightImages(name, toolbox.images.debian);
  await s3Client(emulator.env).send(new CreateBucketCommand({ Bucket: STATE }));
  Object.assign(process.env, toolbox.engine, env, {
    PULUMI_BACKEND_URL: BACKEND,
    PULUMI_CONFIG_PASSPHRASE: "correct horse battery staple",
  });
  delete process.env.PULUMI_CONFIG_PASSPHRASE_FILE;
  delete process.env.SCW_DEFAULT_REGION;
}, 30 * MINUTE);

afterAll(async () => {
  await emulator.erase();
  rmSync(folder, { recursive: true, force: true });
}, 3 * MINUTE);

/** The stack file of the checkout, with images that only answer. */
function useLightImages(stack: string, baseImage: string): void {
  const file = `Pulumi.${stack}.yaml`;
  const { config } = parse(readFileSync(join(checkout, file), "utf8"));
  const light = { "airflow:context": "light", "airflow:baseImage": baseImage };
  writeFileSync(join(project, file), stringify({ config: { ...config, ...light } }));
}

/** Deploys as a workflow does that runs for a commit. */
async function deployCommit(commit: string, stack: string): Promise<void> {
  process.env.GITHUB_SHA = commit;
  await deploy(project, stack);
}

/** A key that may read objects, and nothing else, as the documentation asks for. */
async function keyThatReads(): Promise<Record<string, string>> {
  const post = async (path: string, body: object) => {
    const response = await fetch(`${emulator.env.SCW_API_URL}/iam/v1alpha1/${path}`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-Auth-Token": emulator.env.SCW_SECRET_KEY!,
      },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Record<string, string>;
  };
  const { id: application_id } = await post("applications", { name: "previews" });
  const permission_set_names = ["ObjectStorageBucketsRead", "ObjectStorageObjectsRead"];
  const project_ids = [emulator.env.SCW_DEFAULT_PROJECT_ID];
  const rules = [{ permission_set_names, project_ids }];
  await post("policies", { name: "previews", application_id, rules });
  const key = await post("api-keys", {
    application_id,
    default_project_id: emulator.env.SCW_DEFAULT_PROJECT_ID,
  });
  return { AWS_ACCESS_KEY_ID: key.access_key!, AWS_SECRET_ACCESS_KEY: key.secret_key! };
}

/** Does something as the workflow of a pull request: with that key, without Docker, and of no commit on main. */
async function asReader<T>(work: (s3: S3Client) => Promise<T>): Promise<T> {
  const former = { ...process.env };
  reading ??= await keyThatReads();
  Object.assign(process.env, reading, { DOCKER_HOST: "unix:///nonexistent/docker.sock" });
  delete process.env.GITHUB_SHA;
  try {
    return await work(s3Client({ ...emulator.env, ...reading }));
  } finally {
    process.env = former;
  }
}

async function outputsOf(stackName: string) {
  const stack = await LocalWorkspace.selectStack({ stackName, workDir: project });
  return stack.outputs();
}

/** Every layer, configuration and manifest that was ever pushed. */
const pushed = () =>
  readdirSync(join(folder, "emulator/registry/storage/docker/registry/v2/blobs"), {
    recursive: true,
  })
    .map(String)
    .sort();

/** Whether preprod's registry has a version of the scheduler's image. */
async function canBePulled(digest: string): Promise<boolean> {
  const { images } = await outputsOf("preprod");
  const { host, repository } = imageReference(images!.value.scheduler);
  const password = Buffer.from(`nologin:${emulator.env.SCW_SECRET_KEY}`).toString("base64");
  const answer = await fetch(`http://${host}/v2/${repository}/manifests/${digest}`, {
    headers: {
      Authorization: `Basic ${password}`,
      Accept: "application/vnd.docker.distribution.manifest.v2+json",
    },
  });
  return answer.ok;
}

async function cloud(): Promise<EmulatedResources> {
  return emulator.resources();
}

test(
  "a push to main deploys preprod, with its commit",
  async () => {
    await deployCommit("aaa111", "preprod");
    expect((await outputsOf("preprod")).commit!.value).toBe("aaa111");
  },
  15 * MINUTE,
);

test(
  "before its first deployment, a stack is previewed too, compared with nothing",
  async () => {
    const prod = await asReader(() => preview(project, "prod"));
    expect(prod).toMatchObject({ stack: "prod", comparedWithDeployed: false });
    expect(prod.failure).toBeUndefined();
    expect(prod.costDifference).toBeGreaterThan(0);
  },
  5 * MINUTE,
);

test(
  "a tag on another commit than preprod runs deploys nothing",
  async () => {
    const before = await cloud();
    await expect(deployCommit("bbb222", "prod")).rejects.toThrow(
      "this is commit bbb222, but the stack preprod runs commit aaa111",
    );
    expect(await cloud()).toEqual(before);
  },
  5 * MINUTE,
);

test(
  "a tag on the commit that preprod runs gives prod the same digests, and nothing is built or pushed",
  async () => {
    const before = pushed();
    await deployCommit("aaa111", "prod");
    const { images } = await outputsOf("prod");
    expect(images!.value.webserver).toMatch(/lvao-preprod-airflow\/.*@sha256:[0-9a-f]{64}$/);
    expect(images!.value).toEqual((await outputsOf("preprod")).images!.value);
    expect(pushed()).toEqual(before);
    expect((await cloud()).containers).toHaveLength(4);
  },
  15 * MINUTE,
);

test(
  "a pull request is previewed with a key that reads, without Docker, and nothing is written",
  async () => {
    const before = await cloud();
    await asReader(async (s3) => {
      const nothing = { comparedWithDeployed: true, changes: [], costDifference: 0 };
      for (const stack of ["preprod", "prod"]) {
        expect(await preview(project, stack)).toEqual({ stack, ...nothing });
      }
      const write = new PutObjectCommand({ Bucket: STATE, Key: "x", Body: "x" });
      await expect(s3.send(write)).rejects.toThrow(/denied/i);
    });
    expect(await cloud()).toEqual(before);
  },
  5 * MINUTE,
);

test(
  "of old images, those go that no stack, no container and none of the last deployments needs, and no others",
  async () => {
    const digest = async () => {
      const { images } = await outputsOf("preprod");
      return imageReference(images!.value.scheduler).digest;
    };
    const versions = [await digest()];
    for (const commit of ["ddd444", "eee555"]) {
      appendFileSync(join(project, "light/answer.pl"), `# ${commit}\n`);
      await deployCommit(commit, "preprod");
      versions.push(await digest());
    }
    const [ofProd, former, current] = versions;
    const clean = async (really: boolean) => {
      const found = await cleanRegistry(project, { stack: "preprod", keep: 1, delete: really });
      const unneeded = found.filter(({ kept }) => kept === undefined);
      return unneeded.map(({ image, digest }) => ({ image, digest }));
    };
    const gone = await clean(false);
    expect(gone).toContainEqual({ image: "lvao-airflow-scheduler", digest: former });
    expect(gone.map(({ image }) => image).sort()).toEqual([
      "lvao-airflow-scheduler",
      "lvao-airflow-webserver",
    ]);
    expect(await canBePulled(former!)).toBe(true);
    expect(await clean(true)).toEqual(gone);
    expect(await clean(true)).toEqual([]);
    expect(await canBePulled(ofProd!)).toBe(true);
    expect(await canBePulled(former!)).toBe(false);
    expect(await canBePulled(current!)).toBe(true);
  },
  15 * MINUTE,
);

test(
  "a pull request gets an environment of its own, and the reaper takes it away and nothing else",
  async () => {
    const before = await cloud();
    await deployCommit("ccc333", "pr-123");
    const during = await cloud();
    expect(during.container_namespaces).toContain("lvao-pr-123");
    const namesOf = async () =>
      (await (await LocalWorkspace.create({ workDir: project })).listStacks()).map(
        ({ name }) => name,
      );
    expect((await namesOf()).sort()).toEqual(["pr-123", "preprod", "prod"]);

    expect(await reap(project, () => false, { destroy: true })).toEqual([]);
    expect(await reap(project, () => true, { destroy: false })).toEqual(["pr-123"]);
    expect(await cloud()).toEqual(during);

    // A later run starts from a fresh checkout.
    rmSync(join(project, "Pulumi.pr-123.yaml"));
    expect(await reap(project, () => true, { destroy: true })).toEqual(["pr-123"]);
    expect(await cloud()).toEqual(before);
    expect((await namesOf()).sort()).toEqual(["preprod", "prod"]);
  },
  20 * MINUTE,
);
