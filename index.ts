import * as pulumi from "@pulumi/pulumi";
import { adoptLeftovers, AirflowEnvironment } from "./components";
import { readAccount, readSettings } from "./settings";

const account = readAccount();
const environment = new AirflowEnvironment(
  "airflow",
  { ...readSettings(), registrySecretKey: account?.secretKey, environment: pulumi.getStack() },
  { transforms: account && [adoptLeftovers(account)] },
);

export const webserverUrl = environment.webserverUrl;
export const adminUsername = environment.adminUsername;
export const adminPassword = environment.adminPassword;
export const bucketName = environment.bucketName;
/** Empty for a bucket that existed already. */
export const bucketProjectId = environment.bucketProjectId.apply((id) => id ?? "");
export const databaseEndpoint = environment.databaseEndpoint;
/** Empty unless `database.publicAccess` gives the database one. */
export const databasePublicEndpoint = environment.databasePublicEndpoint.apply((it) => it ?? "");
export const images = environment.images;
/** The commit that `npm run deploy` has deployed; empty when it was done by hand. */
export const commit = process.env.DEPLOY_COMMIT ?? "";
