import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cachePath, makeOnce } from "../cache";
import { goBuild, hashFolder } from "../goModule";
import { step } from "../progress";
import { run } from "../shell";
import { differences } from "./facts";
import { dataSources, describeSdk } from "./resources";
import { Schema, schemaFacts } from "./schemaFacts";
import { sdkFacts } from "./sdkFacts";

const sdkFolder = dirname(require.resolve("@pulumiverse/scaleway/package.json"));

/** Builds the Scaleway provider from source into a folder, unless it is there for this version of the npm SDK. */
export function buildScalewayProvider(folder: string, version: string): Promise<void> {
  const key = `${version} ${hashFolder(__dirname)}`;
  const products = [join(folder, "pulumi-resource-scaleway")];
  return makeOnce(
    "scaleway-provider",
    key,
    () => step("Building the Scaleway provider", build),
    products,
  );

  async function build(): Promise<void> {
    const module = cachePath("build", "scaleway-provider");
    cpSync(__dirname, module, { recursive: true });
    writeFileSync(join(module, "sdk.json"), describeSdk(version));
    const schema = await generateSchema(module);
    requireAgreement(schema);
    await goBuild(module, folder, ["./cmd/pulumi-resource-scaleway"]);
  }
}

/** Writes the schema and the bridge's metadata to where the provider embeds them. */
async function generateSchema(module: string): Promise<Schema> {
  await goBuild(module, module, ["./cmd/pulumi-tfgen-scaleway"]);
  const output = join(module, "cmd", "pulumi-resource-scaleway");
  await run(join(module, "pulumi-tfgen-scaleway"), [
    "schema",
    "--quiet",
    "--skip-docs",
    "--skip-examples",
    `--out=${output}`,
  ]);
  return JSON.parse(readFileSync(join(output, "schema.json"), "utf8")) as Schema;
}

/** A property that the provider calls by another name than the npm SDK would be dropped in silence. */
function requireAgreement(schema: Schema): void {
  const tokens = [...Object.keys(schema.resources), ...Object.values(dataSources)];
  const problems = tokens.flatMap((token) =>
    differences(schemaFacts(schema, token), sdkFacts(sdkFolder, token)).map(
      (line) => `${token} ${line}`,
    ),
  );
  if (problems.length === 0) return;
  throw new Error(
    `The Scaleway provider built here differs from the npm SDK; mend provider.go:\n${problems.join("\n")}`,
  );
}
