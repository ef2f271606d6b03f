import { ResourceValidationPolicy } from "@pulumi/policy";
import { containerPolicies } from "./containers";
import { databasePolicies } from "./databases";
import { objectStoragePolicies } from "./objectStorage";

/** Every policy of the pack. */
export const policies: ResourceValidationPolicy[] = [
  ...containerPolicies,
  ...databasePolicies,
  ...objectStoragePolicies,
];
