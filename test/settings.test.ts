import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { checkStackConfig } from "../components/checks/stackConfig";
import { stackConfig } from "../scripts/check";
import { generated } from "../scripts/stackSchema";

const root = join(__dirname, "..");
const readText = (file: string) => readFileSync(join(root, file), "utf8");
const readYaml = (file: string) => parse(readText(file));
const settingsOf = (config: Record<string, string>) => checkStackConfig(config, "preprod").settings;

test("both stack files parse, with the sizes that production has today", () => {
  expect(checkStackConfig(stackConfig("prod"), "prod").settings).toMatchObject({
    prefix: "lvao",
    protect: true,
    database: { highAvailability: true, backupRetention: 7 },
    webserver: { cpu: 1_000, memory: 2_048 },
    scheduler: { cpu: 4_000, memory: 12_288, localStorage: 20_000 },
  });
  expect(settingsOf(stackConfig("preprod"))).toMatchObject({ prefix: "lvao", protect: false });
});

test("prod and preprod set the same keys in the same order, but for the images that prod promotes", () => {
  const keys = (value: unknown): unknown =>
    typeof value === "object" && value !== null
      ? Object.entries(value).map(([key, inner]) => [key, keys(inner)])
      : null;
  const prod = readYaml("Pulumi.prod.yaml");
  expect(prod.config["airflow:images"]).toEqual({ fromStack: "preprod" });
  delete prod.config["airflow:images"];
  expect(keys(readYaml("Pulumi.preprod.yaml"))).toEqual(keys(prod));
});

test("they differ only in availability, backups, images, sizes of the scheduler and protection", () => {
  const [prod, preprod] = [stackConfig("prod"), stackConfig("preprod")];
  const different = Object.keys(prod).filter((key) => prod[key] !== preprod[key]);
  expect(different.sort()).toEqual([
    "airflow:database",
    "airflow:images",
    "airflow:protect",
    "airflow:scheduler",
  ]);
});

test("the engine runs index.ts and not the library's entry point", () => {
  expect(readYaml("Pulumi.yaml").main).toBe("index.ts");
});

test("the engine loads the program without Pulumi's own loader, which checks types at every preview", () => {
  expect(readYaml("Pulumi.yaml").runtime).toEqual({
    name: "nodejs",
    options: { typescript: false, nodeargs: "--require ./tools/loader.js" },
  });
});

test("every problem is in one message, under the key as it was written, with what to type", () => {
  const written = {
    "airflow:prefix": "Lvao!",
    "airflow:scheduler": '{"memory":"lots","cpus":1}',
    "airflow:databse": "{}",
    "airflow:secretVariables": '{"all":{"TOKEN":{"nested":"hush"}}}',
    "aws:region": "ignored",
  };
  const { settings, mistakes } = checkStackConfig(written, "Preprod");
  expect(settings).toBeUndefined();
  expect(mistakes).toContain("The stack's configuration has 6 mistakes:");
  for (const line of [
    "  airflow:prefix: ",
    "  airflow:scheduler.memory: ",
    "    type instead: 4Gi",
    "  airflow:scheduler.cpus: ",
    "    type instead: airflow:scheduler.cpu",
    "  airflow:databse: ",
    "    type instead: airflow:database",
    "  airflow:secretVariables.all.TOKEN: ",
    "  the name of the stack: ",
    "    type instead: preprod",
  ]) {
    expect(mistakes).toContain(`\n${line}`);
  }
  expect(mistakes).not.toContain("hush");
});

test.each<[string, Record<string, string>, object]>([
  ["with --path", { rotation: '{"fernetKey":2}' }, { fernetKey: 2, all: 1 }],
  ["without", { "rotation.fernetKey": "2" }, { fernetKey: 2, all: 1 }],
  ["both", { rotation: '{"all":1,"fernetKey":3}', "rotation.fernetKey": "2" }, { fernetKey: 3 }],
  ["one each", { rotation: '{"all":2}', "rotation.logKey": "2" }, { all: 2, logKey: 2 }],
])("a rotation is typed %s", (_way, config, rotation) => {
  const own = Object.entries(config).map(([key, text]) => [`airflow:${key}`, text]);
  expect(settingsOf({ "airflow:prefix": "lvao", ...Object.fromEntries(own) })).toMatchObject({
    rotation,
  });
});

test.each([
  ["rotation.fernetkey", "2", "there is no such setting"],
  ["rotation.fernetKey", "twice", '"twice" is not a whole number; allowed: 1 to 99'],
  ["rotation.all", "0", "0 is too small; allowed: 1 to 99"],
  ["rotation.all", "100", "100 is too large; allowed: 1 to 99"],
  ["rotation.all", "1.5", "1.5 is not a whole number; allowed: 1 to 99"],
])("%s: %s is answered", (key, text, answer) => {
  const written = { "airflow:prefix": "lvao", [`airflow:${key}`]: text };
  const { mistakes } = checkStackConfig(written, "preprod");
  expect(mistakes).toContain(`has 1 mistake:\n  airflow:${key}: ${answer}`);
});

test("text that looks like a number stays what the key wants", () => {
  expect(
    settingsOf({
      "airflow:prefix": "lvao",
      "airflow:adminUsername": "007",
      "airflow:protect": "false",
    }),
  ).toMatchObject({ adminUsername: "007", protect: false });
});

test("the Dockerfiles name the same base image as the settings", () => {
  const { baseImage } = settingsOf({ "airflow:prefix": "lvao" })!;
  for (const role of ["scheduler", "webserver"]) {
    const dockerfile = readText(`airflow/airflow-${role}.Dockerfile`);
    expect(dockerfile).toContain(`ARG BASE_IMAGE=${baseImage}\n`);
  }
});

test("Pulumi.yaml and the JSON Schema for editors say what the schema says", () => {
  const { projectFile, schemaFile } = generated();
  expect(readText("Pulumi.yaml")).toBe(projectFile);
  expect(readText("stack.schema.json")).toBe(schemaFile);
});

test("editors find the JSON Schema from both stack files", () => {
  for (const stack of ["preprod", "prod"]) {
    expect(readText(`Pulumi.${stack}.yaml`)).toMatch(
      /^# yaml-language-server: \$schema=\.\/stack\.schema\.json\n/,
    );
  }
});
