import * as pulumi from "@pulumi/pulumi";
import { callScaleway } from "../scaleway/callScaleway";
import { RequestFailed } from "../scaleway/request";

/** An account of Scaleway, and where its resources are unless they say otherwise. */
export interface ScalewayAccount {
  /** Secret key of the API key that deploys. */
  readonly secretKey: pulumi.Input<string>;
  /** Id of the project. */
  readonly projectId: pulumi.Input<string>;
  /** Id of the organization, to which applications and policies belong. */
  readonly organizationId: pulumi.Input<string>;
  /** Region, for example `fr-par`. */
  readonly region: pulumi.Input<string>;
}

const pageSize = 50;

/** The few calls that finding leftovers takes. */
export class ScalewayApi {
  constructor(readonly account: pulumi.Unwrap<ScalewayAccount>) {}

  /** Everything under `path`; nothing if that cannot be, because what it belongs to is not there or not ours to see. */
  async list<T>(path: string, key: string, query: Record<string, string>): Promise<T[]> {
    const found: T[] = [];
    for (let page = 1; ; page++) {
      const parameters = new URLSearchParams({
        ...query,
        page: `${page}`,
        page_size: `${pageSize}`,
      });
      const answer = await this.call("GET", `${path}?${parameters}`);
      const items = (answer?.[key] ?? []) as T[];
      found.push(...items);
      if (items.length === 0 || found.length >= Number(answer?.total_count)) return found;
    }
  }

  async delete(path: string): Promise<void> {
    await this.call("DELETE", path);
  }

  private async call(method: string, path: string): Promise<Record<string, unknown> | undefined> {
    try {
      return await callScaleway(path, this.account.secretKey, { method });
    } catch (error) {
      if (error instanceof RequestFailed && [403, 404].includes(error.status)) return undefined;
      throw error;
    }
  }
}
