import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import { environmentSchema } from "../components/checks/schema";

const root = join(__dirname, "..");
const projectFile = join(root, "Pulumi.yaml");
const schemaFile = join(root, "stack.schema.json");

/** One key of the project's configuration, as Pulumi.yaml declares it. */
interface ConfigKey {
  type: JsonSchema["type"];
  description?: string;
  default: unknown;
}

type JsonSchema = z.core.JSONSchema.JSONSchema;

const settings: JsonSchema = z.toJSONSchema(environmentSchema, {
  io: "input",
  unrepresentable: "any",
});
/** This project's own defaults, for settings that the library wants to be told. */
const projectDefaults: Record<string, unknown> = { prefix: "lvao" };

/** The keys that Pulumi.yaml declares: those of the schema, with their defaults. */
export function projectConfig(): Record<string, ConfigKey> {
  const filledIn = environmentSchema.parse(projectDefaults) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(settings.properties as Record<string, JsonSchema>).map(
      ([key, { type, description }]) => [
        `airflow:${key}`,
        { type, description, default: filledIn[key] ?? {} },
      ],
    ),
  );
}

/** The JSON Schema of a stack file, for editors. */
export function stackFileSchema(): JsonSchema {
  const ownKeys = Object.entries(settings.properties!).map(([key, schema]) => [
    `airflow:${key}`,
    schema,
  ]);
  return {
    $schema: settings.$schema,
    title: "Stack configuration of Airflow on Scaleway",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: Object.fromEntries(ownKeys),
        patternProperties: {
          // What `config set airflow:rotation.fernetKey 2` writes without `--path`.
          "^airflow:rotation\\.\\w+$": {},
          // Keys of other namespaces, such as scaleway:region, are none of ours.
          "^(?!airflow:)[^:]+:": {},
        },
        additionalProperties: false,
      },
    },
  };
}

/** What the two generated texts have to be. */
export function generated(): { projectFile: string; schemaFile: string } {
  const project = parseDocument(readFileSync(projectFile, "utf8"));
  const foreign = Object.entries(project.toJS().config).filter(
    ([key]) => !key.startsWith("airflow:"),
  );
  project.set("config", project.createNode({ ...Object.fromEntries(foreign), ...projectConfig() }));
  return {
    projectFile: project.toString({ lineWidth: 120 }),
    schemaFile: `${JSON.stringify(stackFileSchema(), undefined, 2)}\n`,
  };
}

if (require.main === module) {
  const texts = generated();
  writeFileSync(projectFile, texts.projectFile);
  writeFileSync(schemaFile, texts.schemaFile);
}
