import { rmSync } from "node:fs";
import { ensureEngine } from "../../tools/engine";
import { run } from "../../tools/shell";
import { clonePlugin, installPackage, Planned, preview } from "./installed";

interface Schema {
  readonly resources: Record<
    string,
    Record<"inputProperties" | "properties", object> & {
      readonly requiredInputs: string[];
      readonly inputProperties: Record<string, object>;
    }
  >;
  readonly types: Record<string, { readonly enum?: object[] }>;
}

jest.setTimeout(60_000);
let folder: string;
const inFolder = (command: string, ...args: string[]) => run(command, args, { cwd: folder });

beforeAll(async () => {
  Object.assign(process.env, await ensureEngine());
  folder = await installPackage();
}, 30 * 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("examples and consumers type-check, as strictly as can be", async () => {
  await inFolder("npx", "tsc", "--allowJs", "--checkJs", "--exactOptionalPropertyTypes");
});

test.each([
  ["CommonJS", `require("pulumi-scaleway-airflow")`],
  ["an ES module", `await import("pulumi-scaleway-airflow")`],
])("importing from %s registers nothing", async (_kind, library) => {
  expect(await inFolder("node", "--eval", registeredBy(library))).toBe("function, registered: ");
});

/** A program that says what is registered while the library is loaded. */
const registeredBy = (library: string) => `(async () => {
  const pulumi = require("@pulumi/pulumi");
  const registered = [];
  const newResource = ({ name, inputs }) => {
    registered.push(name);
    return { id: name, state: inputs };
  };
  await pulumi.runtime.setMocks({ newResource, call: () => ({}) });
  const { AirflowEnvironment } = ${library};
  await pulumi.runtime.disconnect();
  console.log(typeof AirflowEnvironment + ", registered: " + registered);
})()`;

test("the package has a command, which says how it is used and what is wrong", async () => {
  const command = ["--no-install", "pulumi-scaleway-airflow", "adopt"];
  expect(await inFolder("npx", ...command, "--help")).toMatch(/--map <place=name>/);
  const nowhere = inFolder("npx", ...command, "--stack=preprod", "--cwd=nowhere");
  await expect(nowhere).rejects.toThrow(/Refused; .*no nowhere\/Pulumi.yaml.*--cwd <folder>/s);
});

test("another command of it brings along what it needs", async () => {
  const command = ["--no-install", "pulumi-scaleway-airflow", "migrate"];
  expect(await inFolder("npx", ...command, "database", "--help")).toMatch(/--env <file\.\.\.>/);
  const nothing = inFolder("npx", ...command, "variables", "--stack=preprod", "--env=none.env");
  await expect(nothing).rejects.toThrow(/There is no file none\.env/);
});

test("a trace leads to the sources", async () => {
  const program = `new (require("pulumi-scaleway-airflow").Database)("db", { databaseName: "" })`;
  const failing = inFolder("node", "--enable-source-maps", "--eval", program);
  await expect(failing).rejects.toThrow(/components\/checks\/validate\.ts:\d+/);
});

describe("a program of another language", () => {
  let plugin: string;

  beforeAll(() => {
    plugin = clonePlugin(folder);
  });

  it("gets a schema of every component, and every type in it", async () => {
    const printed = await inFolder("pulumi", "package", "get-schema", plugin);
    const { resources, types } = JSON.parse(printed) as Schema;
    const component = (name: string) => resources[`pulumi-scaleway-airflow:index:${name}`]!;
    expect(Object.keys(resources)).toHaveLength(5);
    const { requiredInputs, inputProperties, properties } = component("AirflowEnvironment");
    expect(requiredInputs).toEqual(["environment", "prefix"]);
    expect(inputProperties).toHaveProperty("existing");
    expect(properties).toMatchObject({ webserverUrl: { type: "string" } });
    expect(component("LogBucket").inputProperties.retention).toMatchObject({
      $ref: "pulumi.json#/Any",
    });
    expect(types["pulumi-scaleway-airflow:index:AirflowRole"]!.enum).toHaveLength(3);
  });

  it("previews", async () => {
    const { changeSummary, planned } = await preview(folder, "consumers/remote", {});
    expect(changeSummary).toEqual({ create: 31 });
    const builds = planned.filter(({ type }) => type === "docker:index/image:Image");
    for (const { inputs } of builds) {
      expect(inputs).toMatchObject({ build: { context: "../../plugin/airflow" } });
    }
  });
});

test.each([
  ["smallest", 32, {}],
  ["two-environments", 63, {}],
  ["existing-database", 29, { databasePassword: "hush" }],
  ["external-log-bucket", 25, { logAccessKey: "SCWX", logSecretKey: "hush" }],
  ["own-container", 35, {}],
])("the example %s previews", async (example, create, config) => {
  const { said, changeSummary } = await preview(folder, example, config);
  expect(changeSummary).toEqual({ create });
  expect(said).not.toMatch(/deprecat|warning/i);
});

test("two environments from an ES module, in a namespace, a registry and a network that exist", async () => {
  const { planned } = await preview(folder, "consumers/esm", {});
  const types = planned.map(({ type }) => type);
  const count = (type: string) => types.filter((each) => each === type).length;
  expect(count("pulumi-scaleway-airflow:index:AirflowEnvironment")).toBe(2);
  expect(count("scaleway:containers/container:Container")).toBe(4);
  expect(count("scaleway:network/privateNetwork:PrivateNetwork")).toBe(1);
  expect(types).not.toContain("scaleway:containers/namespace:Namespace");
  expect(types).not.toContain("scaleway:registry/namespace:Namespace");
});

describe("two environments from CommonJS", () => {
  let planned: Planned[];
  const ofEnvironment = (name: string) =>
    planned.filter((each) => each.name === name || each.name.startsWith(`${name}-`));

  beforeAll(async () => {
    ({ planned } = await preview(folder, "consumers/commonjs", {}));
  });

  test("images are built from the folder in the package, or from one of one's own", () => {
    const builds = planned
      .filter(({ type }) => type === "docker:index/image:Image")
      .map(({ inputs }) => (inputs.build as { dockerfile: string }).dockerfile);
    const packaged = "../../node_modules/pulumi-scaleway-airflow/airflow";
    expect(builds.sort()).toEqual([
      `${packaged}/airflow-scheduler.Dockerfile`,
      `${packaged}/airflow-webserver.Dockerfile`,
      "platform/airflow-scheduler.Dockerfile",
      "platform/airflow-webserver.Dockerfile",
    ]);
  });

  test("providers reach the last child", () => {
    const providers = ofEnvironment("guided").flatMap(({ provider }) => provider || []);
    expect(providers.length).toBeGreaterThan(25);
    for (const provider of providers) expect(provider).toContain("::other::");
  });

  test("transforms reach the last child", () => {
    const untouched = ofEnvironment("guided").filter(({ retainOnDelete }) => !retainOnDelete);
    expect(untouched.map(({ name }) => name)).toEqual([]);
  });

  test("protection reaches the last child, but for the log key, which rotation replaces", () => {
    const open = ofEnvironment("guided").filter(({ protect }) => !protect);
    expect(open.map(({ name }) => name)).toEqual(["guided-logs-key-1"]);
  });
});
