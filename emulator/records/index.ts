export * from "./account";
export * from "./cockpit";
export * from "./common";
export * from "./containers";
export * from "./database";
export * from "./network";
export * from "./secretManager";
export * from "./storage";
