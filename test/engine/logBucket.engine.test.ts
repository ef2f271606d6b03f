import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { LocalWorkspace, Stack } from "@pulumi/pulumi/automation";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LogBucket, LogBucketArgs } from "../../components";
import { Emulator } from "../../scripts/emulator";
import { s3Client } from "../../scripts/logs";
import { setUp } from "../../tools/setup";

const MINUTE = 60_000;
const BUCKET = "lvao-test-airflow";
const OTHER = "media-of-the-web-application";
const folder = mkdtempSync(join(tmpdir(), "log-bucket-"));
let emulator: Emulator;

beforeAll(async () => {
  const toolbox = await setUp();
  Object.assign(process.env, toolbox.engine);
  emulator = await Emulator.start(folder, toolbox);
  await s3Client(emulator.env).send(new CreateBucketCommand({ Bucket: OTHER }));
  await s3Client(emulator.env).send(
    new PutObjectCommand({ Bucket: OTHER, Key: "private.jpg", Body: "…" }),
  );
}, 30 * MINUTE);

afterAll(async () => {
  await emulator.erase();
  rmSync(folder, { recursive: true, force: true });
}, MINUTE);

/** Credentials of somebody, as environment variables name them. */
interface Credentials {
  readonly accessKey: string;
  readonly secretKey: string;
}

/** A stack of one log bucket, deployed by somebody. */
async function stackOf(name: string, args: Partial<LogBucketArgs>, by?: Credentials) {
  const state = join(folder, "state");
  mkdirSync(state, { recursive: true });
  const stack = await LocalWorkspace.createOrSelectStack(
    { projectName: "log-bucket", stackName: name, program: async () => undefined },
    {
      envVars: {
        ...emulator.env,
        ...(by && { SCW_ACCESS_KEY: by.accessKey, SCW_SECRET_KEY: by.secretKey }),
        PULUMI_BACKEND_URL: `file://${state}`,
        PULUMI_CONFIG_PASSPHRASE: "trial",
      },
    },
  );
  return withArgs(stack, args);
}

/** The stack with other arguments of its bucket. */
function withArgs(stack: Stack, args: Partial<LogBucketArgs>): Stack {
  stack.workspace.program = async () => {
    const logs = new LogBucket("logs", { bucketName: BUCKET, forceDestroy: true, ...args });
    return { connection: logs.connection, projectId: logs.projectId };
  };
  return stack;
}

async function api(method: string, path: string, body?: object, secretKey?: string) {
  return fetch(`${emulator.env.SCW_API_URL}${path}`, {
    method,
    headers: {
      "x-auth-token": secretKey ?? emulator.env.SCW_SECRET_KEY!,
      ...(body && { "content-type": "application/json" }),
    },
    body: body && JSON.stringify(body),
  });
}

async function post(path: string, body: object): Promise<Record<string, string>> {
  const answer = await api("POST", path, body);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Record<string, string>;
}

/** A key of an application that has permission sets in the default project. */
async function keyWith(name: string, permission_set_names: string[]): Promise<Credentials> {
  const iam = "/iam/v1alpha1";
  const project = emulator.env.SCW_DEFAULT_PROJECT_ID!;
  const { id: application_id } = await post(`${iam}/applications`, { name });
  const rules = [{ permission_set_names, project_ids: [project] }];
  await post(`${iam}/policies`, { name, application_id, rules });
  const key = await post(`${iam}/api-keys`, { application_id, default_project_id: project });
  return { accessKey: key.access_key!, secretKey: key.secret_key! };
}

/** What the key in a connection opens. */
function clientOf(connection: string, project = ""): S3Client {
  const { login, password } = JSON.parse(connection) as { login: string; password: string };
  return clientWith({ accessKey: login + project, secretKey: password });
}

function clientWith({ accessKey, secretKey }: Credentials): S3Client {
  return s3Client({
    ...emulator.env,
    AWS_ACCESS_KEY_ID: accessKey,
    AWS_SECRET_ACCESS_KEY: secretKey,
  });
}

const denied = { name: "AccessDenied" };

describe("deployed with every right", () => {
  let stack: Stack;
  let connection: string;
  let project: string;

  const outputs = async () => {
    const { connection, projectId } = await stack.outputs();
    return { connection: connection!.value as string, project: projectId!.value as string };
  };
  const deployer = () => s3Client(emulator.env, project);

  beforeAll(async () => {
    stack = await stackOf("owner", {});
    await stack.up();
    ({ connection, project } = await outputs());
  }, MINUTE);

  test("the log key lists, reads and writes objects of its bucket", async () => {
    const client = clientOf(connection);
    await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: "dag_id=a/1.log", Body: "log" }));
    const { Body } = await client.send(
      new GetObjectCommand({ Bucket: BUCKET, Key: "dag_id=a/1.log" }),
    );
    expect(await Body!.transformToString()).toBe("log");
    const { Contents } = await client.send(
      new ListObjectsV2Command({ Bucket: BUCKET, Prefix: "dag_id=a/" }),
    );
    expect(Contents).toHaveLength(1);
  });

  test("the log key is refused on every other bucket, in whose project's name it may ask", async () => {
    for (const asking of ["", `@${emulator.env.SCW_DEFAULT_PROJECT_ID}`]) {
      const client = clientOf(connection, asking);
      const at = { Bucket: OTHER, Key: "private.jpg" };
      await expect(client.send(new ListObjectsV2Command(at))).rejects.toMatchObject(denied);
      await expect(client.send(new GetObjectCommand(at))).rejects.toMatchObject(denied);
      const put = new PutObjectCommand({ ...at, Body: "…" });
      await expect(client.send(put)).rejects.toMatchObject(denied);
      await expect(
        client.send(new CreateBucketCommand({ Bucket: "one-more" })),
      ).rejects.toMatchObject(denied);
    }
  });

  test("the log key deletes no log and sees no setting of its bucket", async () => {
    const client = clientOf(connection);
    for (const command of [
      new DeleteObjectCommand({ Bucket: BUCKET, Key: "dag_id=a/1.log" }),
      new GetBucketLifecycleConfigurationCommand({ Bucket: BUCKET }),
      new ListBucketsCommand(),
    ]) {
      await expect(client.send(command as GetObjectCommand)).rejects.toMatchObject(denied);
    }
  });

  test.each([
    "/containers/v1/regions/fr-par/namespaces",
    "/rdb/v1/regions/fr-par/instances",
    "/registry/v1/regions/fr-par/namespaces",
    "/vpc/v2/regions/fr-par/private-networks",
    "/iam/v1alpha1/applications",
    "/iam/v1alpha1/api-keys",
    "/account/v3/projects",
  ])("the log key is refused at %s", async (path) => {
    const { password } = JSON.parse(connection) as { password: string };
    expect((await api("GET", path, undefined, password)).status).toBe(403);
  });

  test("the bucket is private and encrypted, and keeps logs for 90 days", async () => {
    const at = { Bucket: BUCKET };
    const client = deployer();
    const acl = await client.send(new GetBucketAclCommand(at));
    expect(acl.Grants?.map(({ Permission }) => Permission)).toEqual(["FULL_CONTROL"]);
    const encryption = await client.send(new GetBucketEncryptionCommand(at));
    expect(encryption.ServerSideEncryptionConfiguration?.Rules).toMatchObject([
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } },
    ]);
    const { Rules } = await client.send(new GetBucketLifecycleConfigurationCommand(at));
    expect(Rules).toMatchObject([
      { ID: "unfinished-uploads", AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
      { ID: "retention", Status: "Enabled", Expiration: { Days: 90 } },
    ]);
  });

  test(
    "who deploys is not locked out: refresh and a second up find nothing to change",
    async () => {
      await stack.refresh({ expectNoChanges: true });
      await stack.up({ expectNoChanges: true });
    },
    MINUTE,
  );

  test(
    "versioning and cold storage come and go in place",
    async () => {
      const status = async () =>
        (await deployer().send(new GetBucketVersioningCommand({ Bucket: BUCKET }))).Status;
      const coldStorage = { after: 30, storageClass: "ONEZONE_IA" } as const;
      await withArgs(stack, { versioning: true, coldStorage }).up();
      expect(await status()).toBe("Enabled");
      const { Rules } = await deployer().send(
        new GetBucketLifecycleConfigurationCommand({ Bucket: BUCKET }),
      );
      expect(Rules!.map(({ ID }) => ID)).toEqual([
        "unfinished-uploads",
        "retention",
        "cold-storage",
        "former-versions",
        "deletion-markers",
      ]);
      await stack.refresh({ expectNoChanges: true });
      await withArgs(stack, {}).up();
      expect(await status()).toBe("Suspended");
    },
    MINUTE,
  );

  test(
    "another generation of the key works, and the former one is gone",
    async () => {
      const former = clientOf(connection);
      const list = new ListObjectsV2Command({ Bucket: BUCKET });
      await former.send(list);
      await withArgs(stack, { keyGeneration: 2 }).up();
      expect((await outputs()).connection).not.toBe(connection);
      await clientOf((await outputs()).connection).send(list);
      await expect(former.send(list)).rejects.toMatchObject({ name: "InvalidAccessKeyId" });
    },
    MINUTE,
  );

  test(
    "destroy leaves nothing",
    async () => {
      await stack.destroy();
      expect(await emulator.resources()).toMatchObject({
        buckets: [OTHER],
        projects: [],
        applications: [],
        policies: [],
        api_keys: [],
      });
    },
    MINUTE,
  );
});

describe("deployed by a key that may not write IAM", () => {
  let deployer: Credentials;

  beforeAll(async () => {
    deployer = await keyWith("deployer", ["AllProductsFullAccess"]);
  });

  test(
    "what is missing is said, with both ways out",
    async () => {
      const stack = await stackOf("restricted", {}, deployer);
      const failure = await stack.up().then(
        () => "no failure",
        (error: Error) => error.message,
      );
      expect(failure).toContain("insufficient permissions");
      expect(failure).toMatch(/lacks the permission set (ProjectManager|IAMApplicationManager)\./);
      for (const text of [
        "1. Give it what it lacks",
        "pulumi config set --secret --path airflow:logs.key.secretKey <secret key>",
      ]) {
        expect(failure).toContain(text);
      }
      await stack.destroy();
    },
    MINUTE,
  );

  test(
    "a key that is given will do",
    async () => {
      const key = await keyWith("log-key", [
        "ObjectStorageObjectsRead",
        "ObjectStorageObjectsWrite",
      ]);
      const stack = await stackOf("restricted", { key }, deployer);
      await stack.up();
      const { value } = (await stack.outputs()).connection!;
      await clientOf(value as string).send(
        new PutObjectCommand({ Bucket: BUCKET, Key: "1.log", Body: "log" }),
      );
      await stack.refresh({ expectNoChanges: true });
      await stack.destroy();
    },
    MINUTE,
  );
});
