import * as pulumi from "@pulumi/pulumi";
import { hasHooks } from "../pulumi/hooks";

/** Whether this update creates or changes a resource. */
export interface Changed {
  /** The resource's option by which this is known. */
  readonly hooks?: pulumi.ResourceHookBinding;
  /** To be asked once the resource's outputs are known. True where nothing tells. */
  (): boolean;
}

/** Learns from the engine whether it creates or changes the resource that gets these hooks. */
export function changedHook(name: string): Changed {
  if (!hasHooks()) return () => true;
  let happened = false;
  const hook = new pulumi.ResourceHook(name, () => {
    happened = true;
  });
  return Object.assign(() => happened, { hooks: { afterCreate: [hook], afterUpdate: [hook] } });
}
