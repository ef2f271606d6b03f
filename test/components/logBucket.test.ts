import { LogBucket, LogBucketArgs } from "../../components";
import { logConnection } from "../../components/logs/logConnection";
import { named, record, resolved } from "../mocks";

const build = (args: Partial<LogBucketArgs> = {}, opts = {}) =>
  record(() => new LogBucket("logs", { bucketName: "lvao-preprod-airflow", ...args }, opts));

const key = { accessKey: "SCWGIVEN", secretKey: "given-secret" };
const existingBucket = {
  endpoint: "https://cellar-c2.services.clever-cloud.com",
  region: "us-east-1",
  name: "old.logs",
  ...key,
};
const sent = {
  request_checksum_calculation: "when_required",
  response_checksum_validation: "when_required",
};

test("creates a project, the bucket, what closes it and a key of its own, all parented to the component", async () => {
  const { resources } = await build();
  const parts = resources.map(({ type, name, parent }) => ({ type, name, parent }));
  expect(parts).toHaveLength(8);
  expect(parts).toEqual(
    expect.arrayContaining([
      { type: "pulumi-scaleway-airflow:index:LogBucket", name: "logs", parent: undefined },
      { type: "scaleway:account/project:Project", name: "logs-project", parent: "logs" },
      { type: "scaleway:object/bucket:Bucket", name: "logs-bucket", parent: "logs" },
      { type: "scaleway:object/bucketAcl:BucketAcl", name: "logs-acl", parent: "logs" },
      {
        type: "scaleway:object/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        name: "logs-encryption",
        parent: "logs",
      },
      { type: "scaleway:iam/application:Application", name: "logs-application", parent: "logs" },
      { type: "scaleway:iam/policy:Policy", name: "logs-policy", parent: "logs" },
      { type: "scaleway:iam/apiKey:ApiKey", name: "logs-key-1", parent: "logs" },
    ]),
  );
});

test("names the bucket, keeps what is in it unless told otherwise, and makes it private and encrypted", async () => {
  const { resources } = await build();
  expect(named(resources, "logs-bucket").inputs).toMatchObject({
    name: "lvao-preprod-airflow",
    projectId: "logs-project-id",
    forceDestroy: false,
  });
  expect(named(resources, "logs-acl").inputs).toEqual({
    bucket: "logs-bucket-id",
    acl: "private",
    projectId: "logs-project-id",
  });
  expect(named(resources, "logs-encryption").inputs).toEqual({
    bucket: "lvao-preprod-airflow",
    projectId: "logs-project-id",
    region: "fr-par",
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
  });
  expect(named(resources, "logs-key-1").dependencies).toContain("logs-policy");
});

test("deletes the logs with the bucket only when asked to", async () => {
  const { resources } = await build({ forceDestroy: true });
  expect(named(resources, "logs-bucket").inputs).toMatchObject({ forceDestroy: true });
});

test("protects every part but the key when the component is protected", async () => {
  const { resources } = await build({}, { protect: true });
  const free = resources.filter((resource) => !resource.protect).map(({ name }) => name);
  expect(free).toEqual(["logs-key-1"]);
});

test("the key reads and writes objects of the bucket's own project, and nothing else", async () => {
  const { resources } = await build();
  expect(named(resources, "logs-project").inputs.name).toBe("lvao-preprod-airflow");
  expect(named(resources, "logs-policy").inputs.rules).toEqual([
    {
      projectIds: ["logs-project-id"],
      permissionSetNames: ["ObjectStorageObjectsRead", "ObjectStorageObjectsWrite"],
    },
  ]);
  expect(named(resources, "logs-key-1").inputs.defaultProjectId).toBe("logs-project-id");
});

test("the next generation is another key of the same application", async () => {
  const { resources } = await build({ keyGeneration: 2 });
  const keys = resources.filter(({ type }) => type === "scaleway:iam/apiKey:ApiKey");
  expect(keys.map(({ name }) => name)).toEqual(["logs-key-2"]);
  expect(keys[0]!.inputs.applicationId).toBe("logs-application-id");
});

test("in a project that is named, no project is made", async () => {
  const { resources, result } = await build({ projectId: "mine" });
  expect(resources.map(({ name }) => name)).not.toContain("logs-project");
  expect(named(resources, "logs-bucket").inputs.projectId).toBe("mine");
  expect((await resolved(result.projectId)).value).toBe("mine");
});

test("with a key that is given, nothing of IAM is made, and its secret is one", async () => {
  const { resources, result } = await build({ key });
  expect(resources.map(({ name }) => name)).toEqual([
    "logs",
    "logs-bucket",
    "logs-acl",
    "logs-encryption",
  ]);
  expect(named(resources, "logs").inputs.key).toEqual({
    accessKey: "SCWGIVEN",
    secretKey: { secret: "given-secret" },
  });
  const { value, secret } = await resolved(result.connection);
  expect(secret).toBe(true);
  expect(JSON.parse(value)).toMatchObject({ login: "SCWGIVEN", password: "given-secret" });
});

test("on a bucket that exists already, nothing is made, and the connection leads there", async () => {
  const { resources, result } = await build({ existingBucket });
  expect(resources.map(({ name }) => name)).toEqual(["logs"]);
  expect(named(resources, "logs").inputs.existingBucket).toMatchObject({
    name: "old.logs",
    secretKey: { secret: "given-secret" },
  });
  const { value, secret } = await resolved(result.connection);
  expect(secret).toBe(true);
  expect(JSON.parse(value)).toEqual({
    conn_type: "aws",
    login: "SCWGIVEN",
    password: "given-secret",
    extra: {
      endpoint_url: "https://cellar-c2.services.clever-cloud.com",
      region_name: "us-east-1",
      config_kwargs: sent,
    },
  });
  expect((await resolved(result.bucketName)).value).toBe("old.logs");
  expect((await resolved(result.remoteLogFolder)).value).toBe("s3://old.logs");
  expect((await resolved(result.projectId)).value).toBeUndefined();
});

test.each([0, -1, 1.5, "90 days"])("refuses to keep logs for %j days", async (retention) => {
  await expect(build({ retention: retention as number })).rejects.toMatchObject({
    errors: [{ propertyPath: "retention", reason: expect.stringContaining("use 90") }],
  });
});

test("nobody learns the bucket's name before it is private and encrypted", async () => {
  const { resources } = await record(() => {
    const logs = new LogBucket("logs", { bucketName: "lvao-preprod-airflow", key });
    return new LogBucket("reader", {
      ...{ bucketName: "reader", key },
      tags: logs.bucketName as unknown as Record<string, string>,
    });
  });
  expect(named(resources, "reader-bucket").dependencies).toEqual(
    expect.arrayContaining(["logs-acl", "logs-encryption"]),
  );
});

test("gives the s3logs connection of the bucket's region as a secret", async () => {
  const { result } = await build();
  const { value, secret } = await resolved(result.connection);
  expect(secret).toBe(true);
  expect(JSON.parse(value)).toEqual({
    conn_type: "aws",
    login: "SCWLOGS",
    password: "log-secret",
    extra: {
      endpoint_url: "https://s3.fr-par.scw.cloud",
      region_name: "fr-par",
      config_kwargs: sent,
    },
  });
  expect(await resolved(result.remoteLogFolder)).toEqual({
    value: "s3://lvao-preprod-airflow",
    secret: false,
  });
});

test("the connection says where, and sends no checksum that is not required", () => {
  const endpoint = "https://s3.nl-ams.scw.cloud";
  const text = logConnection({ accessKey: "a", secretKey: "b", endpoint, region: "nl-ams" });
  expect(JSON.parse(text).extra).toEqual({
    endpoint_url: endpoint,
    region_name: "nl-ams",
    config_kwargs: sent,
  });
});
