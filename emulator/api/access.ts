import type { FastifyRequest } from "fastify";
import type { Model } from "../model";
import type { ApiKey } from "../records";
import { deniedAuthentication, permissionsDenied } from "./errors";

export type Action = "read" | "write" | "access";

/** First path segment of a product's API -> the stem of its permission sets. */
const products: Record<string, string> = {
  containers: "Containers",
  registry: "ContainerRegistry",
  rdb: "RelationalDatabases",
  vpc: "VPC",
  ipam: "IPAM",
  cockpit: "Observability",
  "secret-manager": "SecretManager",
};

/** What is managed for the whole organization, by the start of its path -> the stem of its own permission sets. */
const organizationWide: [path: string, stem: string][] = [
  ["/account/v3/projects", "Project"],
  ["/iam/v1alpha1/applications", "IAMApplication"],
  ["/iam/v1alpha1/api-keys", "IAMApplication"],
  ["/iam/v1alpha1/", "IAMPolicy"],
];

/** Finds the API key of a request and checks that its rules allow the call. */
export function authorize(model: Model, request: FastifyRequest): ApiKey {
  const key = authenticate(model, request.headers["x-auth-token"]);
  const product = request.url.split("/")[1] ?? "";
  const action = actionOf(request);
  const wide = organizationWide.find(([path]) => request.url.startsWith(path));
  const sets = wide ? organizationSets(wide[1], action) : setsFor(product, action);
  if (!isAllowed(model, key, sets)) throw permissionsDenied(product, action);
  return key;
}

function actionOf({ method, url }: FastifyRequest): Action {
  if (method !== "GET" && method !== "HEAD") return "write";
  // The data of a secret is not read like what is known about it.
  return /^\/secret-manager\/.*\/access$/.test(url) ? "access" : "read";
}

/** The valid API key that has this secret, or the API's 401. */
export function authenticate(model: Model, secret: unknown): ApiKey {
  if (typeof secret !== "string") throw deniedAuthentication("invalid_argument");
  const key = model.apiKeys.list(({ secret_key }) => secret_key === secret)[0];
  if (!key) throw deniedAuthentication("not_found");
  if (hasExpired(key)) throw deniedAuthentication("expired");
  return key;
}

/** Whether the key's time is over. */
export const hasExpired = (key: ApiKey): boolean =>
  key.expires_at !== null && Date.parse(key.expires_at) <= Date.now();

/** Whether a key has one of these permission sets: users own the organization, applications need a policy. */
export function isAllowed(
  model: Model,
  key: ApiKey,
  permissionSets: string[],
  project = key.default_project_id,
): boolean {
  if (key.user_id) return true;
  const policies = model.policies.list(
    ({ application_id }) => application_id === key.application_id,
  );
  return policies
    .flatMap(({ rules }) => rules)
    .filter((rule) => rule.organization_id !== undefined || rule.project_ids?.includes(project))
    .some((rule) => rule.permission_set_names.some((name) => permissionSets.includes(name)));
}

/** The permission sets that allow a call of a product's API. */
export function setsFor(product: string, action: Action): string[] {
  const stem = products[product];
  if (!stem) return [];
  const full = [`${stem}FullAccess`, "AllProductsFullAccess"];
  if (stem === "VPC") full.push("PrivateNetworksFullAccess");
  if (action === "write") return full;
  if (action === "access") return [...full, `${stem}SecretAccess`];
  return [...full, `${stem}ReadOnly`, "AllProductsReadOnly"];
}

function organizationSets(stem: string, action: Action): string[] {
  const managers = [`${stem}Manager`, "IAMManager", "OrganizationManager"];
  return action === "write" ? managers : [...managers, `${stem}ReadOnly`, "IAMReadOnly"];
}
