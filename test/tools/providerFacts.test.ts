import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { imageInputs } from "../../tools/providers/docker/inputs";
import { passwordInputs } from "../../tools/providers/random/password";
import { differences } from "../../tools/scaleway-provider/facts";
import { dataSources } from "../../tools/scaleway-provider/resources";
import { Schema, schemaFacts } from "../../tools/scaleway-provider/schemaFacts";
import { sdkFacts } from "../../tools/scaleway-provider/sdkFacts";

const sdkFolder = (name: string) => dirname(require.resolve(`${name}/package.json`));
const token = "scaleway:object/bucketPolicy:BucketPolicy";
const text = { type: "string" };

describe("the facts of a resource", () => {
  const scaleway = sdkFacts(sdkFolder("@pulumiverse/scaleway"), token);

  it("are read from an SDK's declarations", () => {
    expect(Object.fromEntries(scaleway)).toMatchObject({
      "input.bucket": "string (required)",
      "input.projectId": "string",
      "output.policy": "string",
    });
  });

  it("are read from a schema, and differ where a property has another name or type", () => {
    const properties = { bucket: text, policy: text, projectId: { type: "boolean" }, zone: text };
    const resource = {
      inputProperties: properties,
      properties,
      requiredInputs: ["bucket", "policy"],
    };
    const schema: Schema = { resources: { [token]: resource } };
    expect(differences(schemaFacts(schema, token), scaleway)).toEqual([
      "input.projectId: boolean, SDK: string",
      "input.region: missing, SDK: string",
      "input.zone: string, SDK: missing",
      "output.projectId: boolean, SDK: string",
      "output.region: missing, SDK: string",
      "output.zone: string, SDK: missing",
    ]);
  });

  it("are read through lists, maps and nested types, secrets included", () => {
    const container = sdkFacts(
      sdkFolder("@pulumiverse/scaleway"),
      "scaleway:containers/container:Container",
    );
    expect(Object.fromEntries(container)).toMatchObject({
      "input.environmentVariables{}": "string",
      "input.healthChecks[].https[].path": "string",
      "input.livenessProbe.interval": "string (required)",
      "secret secretEnvironmentVariables": "yes",
    });
  });
});

describe("the facts of a data source", () => {
  const getVersion = "scaleway:secrets/getVersion:getVersion";
  const sdk = sdkFacts(sdkFolder("@pulumiverse/scaleway"), getVersion);

  it("are read from an SDK's declarations", () => {
    expect(Object.fromEntries(sdk)).toMatchObject({
      "input.secretId": "string",
      "output.data": "string",
    });
  });

  it("are read from a schema, without what is secret, of which an SDK says nothing", () => {
    const outputs = { properties: { data: { ...text, secret: true } } };
    const schema: Schema = {
      resources: {},
      functions: { [getVersion]: { inputs: { properties: { secretName: text } }, outputs } },
    };
    expect(Object.fromEntries(schemaFacts(schema, getVersion))).toEqual({
      "input.secretName": "string",
      "output.data": "string",
    });
  });

  it("belong to a token that the SDK calls", () => {
    for (const token of Object.values(dataSources)) {
      const file = token.split(":")[1]!;
      const source = readFileSync(`${sdkFolder("@pulumiverse/scaleway")}/${file}.js`, "utf8");
      expect(source).toContain(`runtime.invoke("${token}"`);
    }
  });
});

describe("the stand-in providers", () => {
  it.each([
    ["@pulumi/docker", "docker:index/image:Image", imageInputs],
    ["@pulumi/random", "random:index/randomPassword:RandomPassword", passwordInputs],
  ])("take the inputs that %s sends", (sdk, resource, schema) => {
    const sent = [...sdkFacts(sdkFolder(sdk), resource).keys()].filter((path) =>
      path.startsWith("input."),
    );
    expect(paths("input", z.toJSONSchema(schema)).sort()).toEqual(sent.sort());
  });
});

function paths(path: string, schema: z.core.JSONSchema.JSONSchema): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const inner = property as z.core.JSONSchema.JSONSchema;
    return [`${path}.${name}${suffix(inner)}`, ...paths(`${path}.${name}`, inner)];
  });
  return own;
}

function suffix(schema: z.core.JSONSchema.JSONSchema): string {
  if (schema.type === "array") return "[]";
  return typeof schema.additionalProperties === "object" ? "{}" : "";
}
