export * from "./airflowContainer";
export * from "./airflowEnvironment";
export * from "./airflowSecrets";
export * from "./airflowVariables";
export * from "./database";
export * from "./logBucket";
export * from "./names";
export * from "./roles";
