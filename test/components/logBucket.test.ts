import { LogBucket, logConnection } from "../../components";
import { named, record, resolved } from "../mocks";

const build = (args: { forceDestroy?: boolean } = {}, opts = {}) =>
  record(() => new LogBucket("logs", { bucketName: "lvao-preprod-airflow", ...args }, opts));

test("creates the bucket, its ACL and a key of its own, all parented to the component", async () => {
  const { resources } = await build();
  expect(resources.map(({ type, name, parent }) => ({ type, name, parent }))).toEqual([
    { type: "pulumi-scaleway-airflow:index:LogBucket", name: "logs", parent: undefined },
    { type: "scaleway:object/bucket:Bucket", name: "logs-bucket", parent: "logs" },
    { type: "scaleway:object/bucketAcl:BucketAcl", name: "logs-acl", parent: "logs" },
    { type: "scaleway:iam/application:Application", name: "logs-application", parent: "logs" },
    { type: "scaleway:iam/policy:Policy", name: "logs-policy", parent: "logs" },
    { type: "scaleway:iam/apiKey:ApiKey", name: "logs-key-1", parent: "logs" },
  ]);
});

test("names the bucket, keeps what is in it unless told otherwise, and makes it private", async () => {
  const { resources } = await build();
  expect(named(resources, "logs-bucket").inputs).toEqual({
    name: "lvao-preprod-airflow",
    forceDestroy: false,
  });
  expect(named(resources, "logs-acl").inputs).toEqual({
    bucket: "logs-bucket-id",
    acl: "private",
    projectId: "project-1",
  });
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

test("the next generation is another key, which takes the former one's place", async () => {
  const { result, resources } = await record(
    () => new LogBucket("logs", { bucketName: "lvao-preprod-airflow", keyGeneration: 2 }),
    { "logs-key-2": { accessKey: "SCWSECOND" } },
  );
  expect(resources.filter(({ type }) => type === "scaleway:iam/apiKey:ApiKey")).toHaveLength(1);
  expect(JSON.parse((await resolved(result.connection)).value).login).toBe("SCWSECOND");
});

test("the key reads and writes objects of the bucket's project, and nothing else", async () => {
  const { resources } = await build();
  expect(named(resources, "logs-policy").inputs.rules).toEqual([
    {
      projectIds: ["project-1"],
      permissionSetNames: [
        "ObjectStorageBucketsRead",
        "ObjectStorageObjectsRead",
        "ObjectStorageObjectsWrite",
      ],
    },
  ]);
  const key = named(resources, "logs-key-1");
  expect(key.inputs.defaultProjectId).toBe("project-1");
  expect(key.dependencies).toContain("logs-policy");
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
      config_kwargs: {
        request_checksum_calculation: "when_required",
        response_checksum_validation: "when_required",
      },
    },
  });
  expect(await resolved(result.remoteLogFolder)).toEqual({
    value: "s3://lvao-preprod-airflow",
    secret: false,
  });
});

test("the endpoint follows the region", () => {
  const connection = logConnection({ accessKey: "a", secretKey: "b", region: "nl-ams" });
  expect(JSON.parse(connection).extra).toMatchObject({
    endpoint_url: "https://s3.nl-ams.scw.cloud",
    region_name: "nl-ams",
  });
});
