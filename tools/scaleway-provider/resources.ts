import * as scaleway from "@pulumiverse/scaleway";

/** The resources that the provider built from source serves: their Terraform names, with the npm SDK's classes. */
export const resources = {
  scaleway_account_project: scaleway.account.Project,
  scaleway_container: scaleway.containers.Container,
  scaleway_container_namespace: scaleway.containers.Namespace,
  scaleway_iam_api_key: scaleway.iam.ApiKey,
  scaleway_iam_application: scaleway.iam.Application,
  scaleway_iam_policy: scaleway.iam.Policy,
  scaleway_job_definition: scaleway.job.Definition,
  scaleway_object: scaleway.object.Item,
  scaleway_object_bucket: scaleway.object.Bucket,
  scaleway_object_bucket_acl: scaleway.object.BucketAcl,
  scaleway_object_bucket_policy: scaleway.object.BucketPolicy,
  scaleway_object_bucket_server_side_encryption_configuration:
    scaleway.object.BucketServerSideEncryptionConfiguration,
  scaleway_rdb_acl: scaleway.databases.Acl,
  scaleway_rdb_database: scaleway.databases.Database,
  scaleway_rdb_database_backup: scaleway.databases.DatabaseBackup,
  scaleway_rdb_instance: scaleway.databases.Instance,
  scaleway_rdb_privilege: scaleway.databases.Privilege,
  scaleway_rdb_user: scaleway.databases.User,
  scaleway_registry_namespace: scaleway.registry.Namespace,
  scaleway_secret: scaleway.secrets.Secret,
  scaleway_secret_version: scaleway.secrets.Version,
  scaleway_vpc: scaleway.network.Vpc,
  scaleway_vpc_private_network: scaleway.network.PrivateNetwork,
};

/** The data sources that it serves: their Terraform names, with the tokens that the npm SDK calls. */
export const dataSources = {
  scaleway_object_bucket: "scaleway:object/getBucket:getBucket",
  scaleway_secret: "scaleway:secrets/getSecret:getSecret",
  scaleway_secret_version: "scaleway:secrets/getVersion:getVersion",
};

/** What the Go provider needs to know of the npm SDK: its version, and the tokens of what it serves. */
export function describeSdk(version: string): string {
  const classes = Object.entries(resources as Record<string, SdkClass>);
  const tokens = classes.map(([name, { __pulumiType }]) => [name, __pulumiType]);
  return JSON.stringify({ version, resources: Object.fromEntries(tokens), dataSources }, null, 2);
}

/** The generated classes carry their token in a static field that their types leave out. */
interface SdkClass {
  __pulumiType?: string;
}
