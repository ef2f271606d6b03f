export type { AdoptedArgs, AdoptedDatabaseArgs, AdoptedSecretsArgs } from "./adopted";
export { AirflowContainer } from "./airflowContainer";
export type { AirflowContainerArgs, ImageBuild, Registry } from "./airflowContainer";
export { AirflowEnvironment } from "./airflowEnvironment";
export type { EnvironmentImages } from "./airflowEnvironment";
export type {
  AirflowEnvironmentArgs,
  ContainerArgs,
  DatabaseSizeArgs,
  ImagesArgs,
  SecretVariablesArgs,
  VariablesArgs,
  WebserverArgs,
} from "./airflowEnvironmentArgs";
export type { ConnectionArgs, DescribedVariable, PoolArgs, SecretInput } from "./airflowObjects";
export { AirflowSecrets } from "./airflowSecrets";
export type { AirflowSecretsArgs } from "./airflowSecrets";
export type { ContainerSize } from "./variables/airflowVariables";
export { Database } from "./database";
export type { DatabaseArgs } from "./database";
export type { AnyToOthers, Json } from "./pulumi/anyToOthers";
export type { DowngradeArgs } from "./downgrade";
export type { ExistingArgs, ExistingDatabaseArgs } from "./existing";
export type { DeployedContainer } from "./gate/containerLog";
export { adoptLeftovers } from "./leftovers/adoptLeftovers";
export type { ScalewayAccount } from "./leftovers/scalewayApi";
export type { LogKeyArgs } from "./logs/logAccess";
export { LogBucket } from "./logBucket";
export type { ExistingBucketArgs, LogBucketArgs, LogSettingsArgs } from "./logBucket";
export { ColdStorageClass } from "./logs/logLifecycle";
export type { ColdStorageArgs, Retention } from "./logs/logLifecycle";
export type { ResourceNames } from "./names";
export { AirflowRole } from "./roles";
export type { RotationArgs } from "./rotation";
export type { FromSecretManager } from "./secrets/secretReference";
