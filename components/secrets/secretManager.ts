import * as pulumi from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";
import { propertyPath } from "../checks/describeProblems";
import { mapNested, referencesIn, SecretReference } from "./secretReference";
import { UpdateFailed } from "../pulumi/updateFailed";

/**
 * A copy of settings in which the secret itself, marked as secret, has taken the place of each reference to Secret
 * Manager. Each secret is looked up once, in a preview too, with the key that deploys: it needs the permission sets
 * `SecretManagerReadOnly` and `SecretManagerSecretAccess`. What could not be had is said in one error, each by its key.
 */
export function resolveSecrets<T extends object>(settings: T, options: pulumi.InvokeOptions): T {
  const found = referencesIn(settings);
  if (found.length === 0) return settings;
  const values = lookUpAll(found, options);
  return mapNested(settings, (value) =>
    value instanceof SecretReference
      ? pulumi.secret(values.then((all) => all.get(value.fromSecretManager)!))
      : value,
  ) as T;
}

/** The secrets that are referred to, by what was written. */
export async function lookUpAll(
  found: ReturnType<typeof referencesIn>,
  options: pulumi.InvokeOptions,
): Promise<Map<string, string>> {
  const references = new Map(
    found.map(({ reference }) => [reference.fromSecretManager, reference]),
  );
  const answers = await Promise.all(
    [...references].map(
      async ([written, reference]) => [written, await answerTo(reference, options)] as const,
    ),
  );
  const values = answers.flatMap(([written, { value }]) =>
    value === undefined ? [] : [[written, value] as const],
  );
  if (values.length === answers.length) return new Map(values);
  throw new UpdateFailed(refusal(found, new Map(answers)));
}

function refusal(found: ReturnType<typeof referencesIn>, answers: Map<string, Answer>): string {
  const lines = found.flatMap(({ path, reference: { fromSecretManager: written } }) => {
    const { reason } = answers.get(written)!;
    return reason === undefined
      ? []
      : [`  ${propertyPath(path)}: no value of ${JSON.stringify(written)}: ${reason}`];
  });
  return `Secret Manager does not give what is referred to:\n${lines.join("\n")}\n${ADVICE}`;
}

const ADVICE =
  "Look for the name, the folder and an enabled revision in Scaleway's console; the key that deploys needs the " +
  "permission sets SecretManagerReadOnly and SecretManagerSecretAccess.";

/** A secret, or the reason why there is none. */
type Answer = { readonly value?: string; readonly reason?: string };

async function answerTo(
  reference: SecretReference,
  options: pulumi.InvokeOptions,
): Promise<Answer> {
  const { name, path, revision } = reference.location!;
  try {
    const { secretId } = await scaleway.secrets.getSecret({ name, path }, options);
    const { data } = await scaleway.secrets.getVersion({ secretId, revision }, options);
    return { value: Buffer.from(data, "base64").toString() };
  } catch (error) {
    return { reason: ownWords((error as Error).message) };
  }
}

/** What the provider itself says, in one line, without what the engine puts before it. */
function ownWords(message: string): string {
  const [, own = message] = /^\s*\* (.+)$/m.exec(message) ?? [];
  return own.replace(/\s+/g, " ").trim();
}
