import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { parseSettings } from "../settings";

const root = join(__dirname, "..");
const readYaml = (file: string) => parse(readFileSync(join(root, file), "utf8"));

/** What the engine hands to the program: the project's defaults under the stack's own values, as text. */
function configOf(stack: string): Record<string, string> {
  const project = Object.entries<any>(readYaml("Pulumi.yaml").config).map(
    ([key, { default: fallback, value = fallback }]) => [key, value],
  );
  const own = Object.entries(readYaml(`Pulumi.${stack}.yaml`).config);
  return Object.fromEntries(
    [...project, ...own].map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

test("both stack files parse, with the sizes that production has today", () => {
  expect(parseSettings(configOf("prod"))).toMatchObject({
    prefix: "lvao",
    protect: true,
    database: { highAvailability: true, backupRetention: 7 },
    webserver: { cpu: 1_000, memory: 2_048 },
    scheduler: { cpu: 4_000, memory: 12_288, localStorage: 20_000 },
  });
  expect(parseSettings(configOf("preprod"))).toMatchObject({ prefix: "lvao", protect: false });
});

test("prod and preprod set the same keys in the same order", () => {
  const keys = (value: unknown): unknown =>
    typeof value === "object" && value !== null
      ? Object.entries(value).map(([key, inner]) => [key, keys(inner)])
      : null;
  expect(keys(readYaml("Pulumi.preprod.yaml"))).toEqual(keys(readYaml("Pulumi.prod.yaml")));
});

test("they differ only in availability, backups, sizes of the scheduler and protection", () => {
  const [prod, preprod] = [configOf("prod"), configOf("preprod")];
  const different = Object.keys(prod).filter((key) => prod[key] !== preprod[key]);
  expect(different.sort()).toEqual(["airflow:database", "airflow:protect", "airflow:scheduler"]);
});

test("the engine runs index.ts and not the library's entry point", () => {
  expect(readYaml("Pulumi.yaml").main).toBe("index.ts");
});

test("every problem is in one message, under its key, and no value is repeated", () => {
  const mistaken = () =>
    parseSettings({
      "airflow:prefix": "Lvao!",
      "airflow:scheduler": '{"memory":"lots","gpu":1}',
      "airflow:databse": "{}",
      "airflow:secretVariables": '{"all":{"TOKEN":{"nested":"hush"}}}',
      "aws:region": "ignored",
    });
  expect(mistaken).toThrow("The stack's configuration has mistakes:");
  for (const key of [
    "prefix",
    "scheduler.memory",
    "scheduler.gpu",
    "databse",
    "secretVariables.all.TOKEN",
  ]) {
    expect(mistaken).toThrow(`airflow:${key}: `);
  }
  expect(mistaken).not.toThrow("hush");
});

test("text that looks like a number stays what the key wants", () => {
  expect(parseSettings({ "airflow:prefix": "lvao", "airflow:protect": "false" })).toEqual({
    prefix: "lvao",
    protect: false,
  });
});
