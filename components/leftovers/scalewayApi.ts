import * as pulumi from "@pulumi/pulumi";

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
  /** Address of the API. Default `https://api.scaleway.com`. */
  readonly apiUrl?: string;
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
    const { secretKey, apiUrl = "https://api.scaleway.com" } = this.account;
    const response = await fetch(`${apiUrl}${path}`, {
      method,
      headers: { "X-Auth-Token": secretKey },
    });
    if (response.status === 403 || response.status === 404 || response.status === 204) return;
    if (response.ok) return (await response.json()) as Record<string, unknown>;
    throw new Error(
      `Scaleway answers ${response.status} to ${method} ${path}: ${await response.text()}`,
    );
  }
}
