import * as pulumi from "@pulumi/pulumi";
import { setTimeout as delay } from "node:timers/promises";

interface RecordedResource {
  readonly outputs: { readonly id?: string };
}

/** The ids of all resources in the stack's state. */
export async function stateIds(): Promise<Set<string>> {
  const stackName = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
  const { outputs } = await insistently(() =>
    pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName }),
  );
  return new Set(
    Object.values(outputs as Record<string, RecordedResource>).flatMap(
      ({ outputs: { id } }) => id ?? [],
    ),
  );
}

/** The engine replaces the state's file at each step, so for a moment there may be none. */
async function insistently<T>(read: () => Promise<T>, attempts = 5): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (attempts === 1) throw error;
    await delay(200);
    return insistently(read, attempts - 1);
  }
}
