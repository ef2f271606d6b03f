import type { Facts } from "./facts";

/** The parts of a Pulumi schema that say which properties there are. */
export interface Schema {
  resources: Record<string, ResourceSpec>;
  functions?: Record<string, FunctionSpec>;
  types?: Record<string, ObjectSpec>;
}

interface ResourceSpec extends ObjectSpec {
  inputProperties?: Record<string, PropertySpec>;
  requiredInputs?: string[];
}

interface FunctionSpec {
  inputs?: ObjectSpec;
  outputs?: ObjectSpec;
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

/** The facts of one resource or data source as the schema of the provider built from source has them. */
export function schemaFacts(schema: Schema, token: string): Facts {
  const facts: Facts = new Map();
  const { inputs, outputs } = sidesOf(schema, token);
  const { properties = {} } = outputs;
  describeObject("input", inputs);
  describeObject("output", { properties });
  // Which results of a data source are secret, an SDK does not say.
  const marked = schema.resources[token] ? Object.entries(properties) : [];
  for (const [name, property] of marked) {
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

/** What goes into a resource or a data source, and what comes out of it. */
function sidesOf(schema: Schema, token: string): { inputs: ObjectSpec; outputs: ObjectSpec } {
  const called = schema.functions?.[token];
  if (called) return { inputs: called.inputs ?? {}, outputs: called.outputs ?? {} };
  const { inputProperties, requiredInputs, properties } = schema.resources[token] ?? {};
  return {
    inputs: { properties: inputProperties, required: requiredInputs },
    outputs: { properties },
  };
}
