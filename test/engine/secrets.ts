import { Deployment } from "@pulumi/pulumi/automation";

/** Pulumi's wire format marks a secret by this signature. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
/** Shorter texts are found anywhere by chance. */
const SHORTEST = 12;

/** Every text that is secret in a state exported with its secrets shown. */
export function secretsIn(state: Deployment): string[] {
  const found = new Set<string>();
  const collect = (value: unknown, secret: boolean): void => {
    if (typeof value === "string" && secret && value.length >= SHORTEST) found.add(value);
    if (typeof value !== "object" || value === null) return;
    if (SIGNATURE in value && "plaintext" in value) {
      collect(JSON.parse(String(value.plaintext)), true);
      return;
    }
    for (const inner of Object.values(value)) collect(inner, secret);
  };
  collect(state.deployment, false);
  return [...found].filter((text) => !isTemplateOfOthers(text));
}

/** Object keys and plain settings inside a secret object, such as a port or a URL without credentials. */
function isTemplateOfOthers(text: string): boolean {
  return text.startsWith("https://") || text.startsWith("{}");
}
