import type { Facts } from "./facts";

/** The parts of a Pulumi schema that say which properties there are. */
export interface Schema {
  resources: Record<string, ResourceSpec>;
  types?: Record<string, ObjectSpec>;
}

interface ResourceSpec extends ObjectSpec {
  inputProperties?: Record<string, PropertySpec>;
  requiredInputs?: string[];
}

interface ObjectSpec {
  properties?: Record<string, PropertySpec>;
  required?: string[];
}

interface PropertySpec {
  type?: string;
  $ref?: string;
  items?: PropertySpec;
  additionalProperties?: PropertySpec;
  secret?: boolean;
}

/** The facts of one resource as the schema of the provider built from source has them. */
export function schemaFacts(schema: Schema, token: string): Facts {
  const facts: Facts = new Map();
  const resource = schema.resources[token];
  if (!resource) return facts;
  const { inputProperties = {}, requiredInputs = [], properties = {} } = resource;
  describeObject("input", { properties: inputProperties, required: requiredInputs });
  describeObject("output", { properties });
  for (const [name, property] of Object.entries(properties)) {
    if (property.secret) facts.set(`secret ${name}`, "yes");
  }
  return facts;

  function describeObject(path: string, object: ObjectSpec): void {
    for (const [name, property] of Object.entries(object.properties ?? {})) {
      const required = path.startsWith("input") && object.required?.includes(name);
      describe(`${path}.${name}`, property, required ? " (required)" : "");
    }
  }

  function describe(path: string, spec: PropertySpec, required: string): void {
    const type = spec.type === "integer" ? "number" : (spec.type ?? "object");
    if (spec.items) return describe(`${path}[]`, spec.items, required);
    if (spec.additionalProperties)
      return describe(`${path}{}`, spec.additionalProperties, required);
    facts.set(path, type + required);
    const name = spec.$ref?.replace("#/types/", "");
    if (name) describeObject(path, schema.types?.[decodeURIComponent(name)] ?? {});
  }
}
