import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import * as scaleway from "@pulumiverse/scaleway";

// The resources of `preprod` as one would write them by hand: no components, no settings, no checks.
const password = (name: string, args: random.RandomPasswordArgs) =>
  new random.RandomPassword(name, args).result;
const base64Url = (length: number) => ({ length, overrideSpecial: "-_" });
const strong = { minLower: 1, minUpper: 1, minNumeric: 1, minSpecial: 1 };
const mixed = { length: 32, overrideSpecial: "!-_.", ...strong };

const owner = pulumi.unsecret(
  password("airflow-owner", { length: 10, special: false, upper: false }),
);
const ownerTag = pulumi.interpolate`owner:${owner}`;
const tags = ["preprod", "lvao", "airflow", ownerTag];
const bucketTags = ["environment:preprod", "prefix:lvao", "airflow:logs", ownerTag];
const fernetKey = password("airflow-fernet-key", base64Url(43));
const jwtSecret = password("airflow-jwt-secret", base64Url(86));
const apiSecretKey = password("airflow-api-secret-key", base64Url(86));
const adminPassword = password("airflow-admin-password", { length: 24, special: false });
const databaseAdminPassword = password("airflow-database-admin-password", mixed);
const databasePassword = password("airflow-database-password", mixed);

const network = new scaleway.network.PrivateNetwork("airflow-network", {
  name: "lvao-preprod-airflow",
  tags,
});
const instance = new scaleway.databases.Instance("airflow-database", {
  name: "lvao-preprod-airflow",
  engine: "PostgreSQL-16",
  nodeType: "DB-PLAY2-NANO",
  isHaCluster: false,
  volumeType: "sbs_5k",
  volumeSizeInGb: 10,
  encryptionAtRest: true,
  userName: "airflow_admin",
  password: databaseAdminPassword,
  privateNetwork: { pnId: network.id, enableIpam: true },
  disableBackup: false,
  backupScheduleFrequency: 24,
  backupScheduleRetention: 1,
  backupSameRegion: false,
  tags: [...tags, "database"],
});
const database = new scaleway.databases.Database("airflow-database-database", {
  instanceId: instance.id,
  name: "lvao-preprod-airflow",
});
const user = new scaleway.databases.User("airflow-database-user", {
  instanceId: instance.id,
  name: "airflow",
  password: databasePassword,
  isAdmin: false,
});
const privilege = new scaleway.databases.Privilege("airflow-database-privilege", {
  instanceId: instance.id,
  databaseName: database.name,
  userName: user.name,
  permission: "all",
});
const endpoint = instance.privateNetwork.apply((it) => `${it?.ip}:${it?.port}`);
const databaseUri = pulumi
  .all([user.name, databasePassword, endpoint, database.name, privilege.id])
  .apply(
    ([name, secret, address, databaseName]) =>
      `postgresql+psycopg2://${name}:${encodeURIComponent(secret)}@${address}/${databaseName}`,
  );

const project = new scaleway.account.Project("airflow-logs-project", {
  name: "lvao-preprod-airflow",
  description: ownerTag,
});
const bucket = new scaleway.object.Bucket("airflow-logs-bucket", {
  name: "lvao-preprod-airflow",
  projectId: project.id,
  lifecycleRules: [
    { id: "unfinished-uploads", enabled: true, abortIncompleteMultipartUploadDays: 1 },
    { id: "retention", enabled: true, expiration: { days: 90 } },
  ],
  versioning: { enabled: false },
  forceDestroy: true,
  tags: { environment: "preprod", prefix: "lvao", airflow: "logs", owner },
});
new scaleway.object.BucketAcl("airflow-logs-acl", {
  bucket: bucket.id,
  acl: "private",
  projectId: bucket.projectId,
});
new scaleway.object.BucketServerSideEncryptionConfiguration("airflow-logs-encryption", {
  bucket: bucket.name,
  projectId: bucket.projectId,
  region: bucket.region,
  rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
});
const application = new scaleway.iam.Application("airflow-logs-application", {
  name: "lvao-preprod-airflow-logs",
  description: "Writes and reads Airflow's task logs in lvao-preprod-airflow",
  tags: bucketTags,
});
const policy = new scaleway.iam.Policy("airflow-logs-policy", {
  name: "lvao-preprod-airflow-logs",
  applicationId: application.id,
  tags: bucketTags,
  rules: [
    {
      projectIds: [project.id],
      permissionSetNames: ["ObjectStorageObjectsRead", "ObjectStorageObjectsWrite"],
    },
  ],
});
const key = new scaleway.iam.ApiKey(
  "airflow-logs-key",
  {
    applicationId: application.id,
    defaultProjectId: project.id,
    description: "Airflow's task logs in lvao-preprod-airflow",
  },
  { dependsOn: policy },
);

const registry = new scaleway.registry.Namespace("airflow-registry", {
  name: "lvao-preprod-airflow",
  description: ownerTag,
  isPublic: false,
});
const namespace = new scaleway.containers.Namespace("airflow-namespace", {
  name: "lvao-preprod",
  tags,
});
const [webserverImage, schedulerImage] = ["webserver", "scheduler"].map((role) => {
  const imageName = pulumi.interpolate`${registry.endpoint}/lvao-airflow-${role}:latest`;
  return new docker.Image(`airflow-${role}-image`, {
    imageName,
    build: {
      context: "airflow",
      dockerfile: `airflow/airflow-${role}.Dockerfile`,
      platform: "linux/amd64",
      builderVersion: "BuilderBuildKit",
      cacheFrom: { images: [imageName] },
      args: {
        BUILDKIT_INLINE_CACHE: "1",
        BASE_IMAGE: "apache/airflow:slim-3.3.2-python3.12",
      },
    },
    buildOnPreview: false,
    registry: {
      server: registry.endpoint,
      username: "nologin",
      password: pulumi.secret(process.env.SCW_SECRET_KEY!),
    },
  }).repoDigest;
}) as [pulumi.Output<string>, pulumi.Output<string>];

const variables = {
  AIRFLOW_DATABASE_CERTIFICATE: instance.certificate,
  AIRFLOW__API_AUTH__JWT_KID: "1",
  AIRFLOW__API_AUTH__JWT_LEEWAY: "60",
  AIRFLOW__CORE__AUTH_MANAGER: "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager",
  AIRFLOW__CORE__EXECUTOR: "LocalExecutor",
  AIRFLOW__CORE__LOAD_EXAMPLES: "false",
  AIRFLOW__DATABASE__SQL_ALCHEMY_POOL_SIZE: "5",
  AIRFLOW__LOGGING__ENCRYPT_S3_LOGS: "false",
  AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER: pulumi.interpolate`s3://${bucket.name}`,
  AIRFLOW__LOGGING__REMOTE_LOGGING: "true",
  AIRFLOW__LOGGING__REMOTE_LOG_CONN_ID: "s3logs",
};
const secretVariables = {
  AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: databaseUri,
  AIRFLOW__CORE__FERNET_KEY: fernetKey.apply((text) => `${text}=`),
  AIRFLOW__API_AUTH__JWT_SECRET: jwtSecret,
  AIRFLOW__API__SECRET_KEY: apiSecretKey,
  AIRFLOW_CONN_S3LOGS: pulumi.jsonStringify({
    conn_type: "aws",
    login: key.accessKey,
    password: key.secretKey,
    extra: { endpoint_url: "https://s3.fr-par.scw.cloud", region_name: bucket.region },
  }),
};
const common = {
  namespaceId: namespace.id,
  privateNetworkId: network.id,
  protocol: "http1",
  httpsConnectionsOnly: true,
  timeout: 300,
  minScale: 1,
  maxScale: 1,
};
const probes = (path: string) => ({
  startupProbe: { http: { path }, failureThreshold: 42, interval: "10s", timeout: "5s" },
  livenessProbe: { http: { path }, failureThreshold: 4, interval: "10s", timeout: "5s" },
});
const webserver = new scaleway.containers.Container("airflow-webserver", {
  ...common,
  ...probes("/api/v2/version"),
  name: "lvao-airflow-webserver",
  image: webserverImage,
  port: 8080,
  privacy: "public",
  sandbox: "v2",
  cpuLimit: 1000,
  memoryLimitBytes: 2_048_000_000,
  localStorageLimitBytes: 1_000_000_000,
  environmentVariables: {
    ...variables,
    ADMIN_USERNAME: "admin",
    AIRFLOW__DATABASE__SQL_ALCHEMY_MAX_OVERFLOW: "9",
    AIRFLOW__FAB__COOKIE_SECURE: "true",
  },
  secretEnvironmentVariables: { ...secretVariables, ADMIN_PASSWORD: adminPassword },
  tags: [...tags, "webserver"],
});
new scaleway.containers.Container("airflow-scheduler", {
  ...common,
  ...probes("/health"),
  name: "lvao-airflow-scheduler",
  image: schedulerImage,
  args: ["scheduler", "dag-processor", "triggerer"],
  port: 8974,
  privacy: "private",
  sandbox: "v1",
  cpuLimit: 2000,
  memoryLimitBytes: 4_096_000_000,
  localStorageLimitBytes: 10_000_000_000,
  environmentVariables: {
    ...variables,
    AIRFLOW__CORE__EXECUTION_API_SERVER_URL: pulumi.interpolate`${webserver.publicEndpoint}/execution/`,
    AIRFLOW__CORE__PARALLELISM: "8",
    AIRFLOW__DATABASE__SQL_ALCHEMY_MAX_OVERFLOW: "0",
    AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL: "60",
    AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT: "30",
  },
  secretEnvironmentVariables: secretVariables,
  tags: [...tags, "scheduler"],
});

export const webserverUrl = webserver.publicEndpoint;
export const bucketName = bucket.name;
export const databaseEndpoint = endpoint;
export { adminPassword };
