import * as scaleway from "@pulumiverse/scaleway";
import { callScaleway } from "../scaleway/callScaleway";
import { requestJson } from "../scaleway/request";
import { withoutSecrets } from "./secrets";

/** A container as Scaleway knows it, and what its log must not tell. */
export interface DeployedContainer {
  readonly name: string;
  /** As `region/id`. */
  readonly id: string;
  /** Values that are removed from its log. */
  readonly secrets: string[];
  /** Secret key of a Scaleway API key that may read logs (`ObservabilityFullAccess`). */
  readonly secretKey?: string;
  /** Whether this update created or changed it. */
  readonly changed: boolean;
}

const LINES = 20;
const HOUR = 3_600_000;
/** As many entries as a Loki gives at once, by default. */
const LOKI_LIMIT = 5_000;

/** The last lines that a container printed, without secrets; where they cannot be read, where they are. */
export async function describeLog(container: DeployedContainer): Promise<string> {
  try {
    const lines = await lastLines(container);
    if (lines.length === 0) return "It printed nothing.";
    const log = withoutSecrets(lines.join("\n"), container.secrets);
    return `The last lines of its log:\n${log.replaceAll(/^/gm, "  | ")}`;
  } catch (error) {
    const reason = (error as Error).message;
    return `Its log is in Scaleway's Cockpit, under "Serverless Containers logs"; reading it here failed: ${reason}.`;
  }
}

/** Scaleway keeps logs in a Loki of each project; the way there is that of its own command `scw container container logs`. */
async function lastLines({ id, secretKey }: DeployedContainer): Promise<string[]> {
  if (secretKey === undefined) throw new Error("no secret key is known");
  const [region, containerId] = id.split("/") as [string, string];
  const cockpit = `/cockpit/v1/regions/${region}`;
  const project_id = scaleway.config.projectId;
  const { data_sources } = await callScaleway<{ data_sources: { url: string }[] }>(
    `${cockpit}/data-sources?origin=scaleway&types=logs${project_id ? `&project_id=${project_id}` : ""}`,
    secretKey,
  );
  const source = data_sources[0];
  if (source === undefined) throw new Error("Cockpit has no logs of this project");
  const token = await callScaleway<{ id: string; secret_key: string }>(
    `${cockpit}/tokens`,
    secretKey,
    {
      method: "POST",
      body: { name: "pulumi-failed-deployment", project_id, token_scopes: ["read_only_logs"] },
    },
  );
  try {
    return await query(source.url, containerId, token.secret_key);
  } finally {
    await callScaleway(`${cockpit}/tokens/${token.id}`, secretKey, { method: "DELETE" });
  }
}

interface Streams {
  readonly data: { readonly result: { readonly values: [time: string, entry: string][] }[] };
}

async function query(source: string, containerId: string, token: string): Promise<string[]> {
  const parameters = new URLSearchParams({
    query: `{resource_type="serverless_container", resource_id="${containerId}"}`,
    start: new Date(Date.now() - HOUR).toISOString(),
    end: new Date().toISOString(),
    limit: String(LOKI_LIMIT),
    direction: "backward",
  });
  const url = `${source}/loki/api/v1/query_range?${parameters}`;
  const { data } = await requestJson<Streams>(url, { headers: { "X-Token": token } });
  const values = data.result.flatMap(({ values }) => values);
  values.sort(([a], [b]) => (BigInt(a) < BigInt(b) ? -1 : 1));
  return ofNewestInstance(values.map(([, entry]) => parsed(entry))).slice(-LINES);
}

/** What Scaleway keeps of each line. */
interface Entry {
  readonly resource_instance?: string;
  readonly message: string;
}

/** The version before prints too, so only the instance counts that began to print last. */
function ofNewestInstance(entries: Entry[]): string[] {
  const instances = new Set(entries.map(({ resource_instance }) => resource_instance));
  const newest = [...instances].pop();
  return entries
    .filter(({ resource_instance }) => resource_instance === newest)
    .map(({ message }) => message);
}

function parsed(entry: string): Entry {
  try {
    const content = JSON.parse(entry);
    return typeof content?.message === "string" ? content : { message: entry };
  } catch {
    return { message: entry };
  }
}
