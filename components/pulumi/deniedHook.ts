import * as pulumi from "@pulumi/pulumi";
import { AsyncResource } from "node:async_hooks";
import { hasHooks } from "./hooks";

/** What to say when somebody lacks a permission. */
export interface Denial {
  /** The permission set that it takes to make or change a resource of a type. */
  permissionSet(type: string): string;
  /** What to do about it; said once. */
  readonly advice: string;
}

const DENIED = /insufficient permissions|AccessDenied/;

/**
 * After Scaleway refused an operation for want of a permission, says which one and what to do. Nothing is tried again.
 */
export function whenDenied(name: string, denial: Denial): pulumi.ResourceHookBinding | undefined {
  if (!hasHooks()) return undefined;
  // The engine calls back from outside of the program, whose log is found by its asynchronous context.
  const callback = AsyncResource.bind(explain(denial));
  return { onError: [new pulumi.ErrorHook(name, callback)] };
}

function explain({ permissionSet, advice }: Denial): pulumi.ErrorHookFunction {
  const unsaid = [advice];
  return async ({ type, errors }) => {
    if (errors.some((error) => DENIED.test(error))) {
      const lacking = `The key that deploys lacks the permission set ${permissionSet(type)}.`;
      await pulumi.log.error([lacking, ...unsaid.splice(0)].join("\n"));
    }
    return false;
  };
}
