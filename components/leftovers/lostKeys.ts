import * as pulumi from "@pulumi/pulumi";
import { Inputs } from "./lookups";
import { ScalewayApi } from "./scalewayApi";

interface ApiKey {
  readonly access_key: string;
  readonly application_id?: string;
  readonly description: string;
  readonly created_at: string;
}

const path = "/iam/v1alpha1/api-keys";

/** Deletes the keys that an earlier update created for the same purpose and that the state does not know. */
export async function deleteLostKeys(
  api: ScalewayApi,
  { applicationId, description }: Inputs,
  recorded: Set<string>,
  started: Date,
): Promise<undefined> {
  const keys = await api.list<ApiKey>(path, "api_keys", {
    organization_id: api.account.organizationId,
    bearer_id: String(applicationId),
  });
  const isLost = (key: ApiKey) =>
    key.application_id === applicationId &&
    key.description === description &&
    new Date(key.created_at) < started &&
    !recorded.has(key.access_key);
  for (const { access_key } of keys.filter(isLost)) {
    pulumi.log.info(`An interrupted update left the API key ${access_key}: it is deleted`);
    await api.delete(`${path}/${access_key}`);
  }
  return undefined;
}
