import * as pulumi from "@pulumi/pulumi";

/** Whether the engine calls hooks: the mocks with which Pulumi programs are tested do not, and would wait for ever. */
export const hasHooks = (): boolean => "registerErrorHook" in (pulumi.runtime.getMonitor() ?? {});
