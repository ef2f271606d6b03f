import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeOnce } from "../cache";
import { goBuild, hashFolder } from "../goModule";
import { step } from "../progress";

const cli = "github.com/pulumi/pulumi/pkg/v3";
const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** Builds the Pulumi command-line tool and the host of Node.js programs from source into a folder. */
export function buildPulumi(folder: string): Promise<void> {
  const products = ["pulumi", "pulumi-language-nodejs"].map((name) => join(folder, name));
  return makeOnce("pulumi", hashFolder(__dirname), () => step("Building Pulumi", build), products);

  async function build(): Promise<void> {
    const commands = [`${cli}/cmd/pulumi`, "./pulumi-language-nodejs"];
    await goBuild(__dirname, folder, commands, `-X ${versionVariable}=${pinnedVersion()}`);
  }
}

function pinnedVersion(): string {
  const lines = readFileSync(join(__dirname, "go.mod"), "utf8").split(/\s*\n\s*/);
  const [, version] = lines.map((line) => line.split(" ")).find(([module]) => module === cli) ?? [];
  if (!version) throw new Error(`tools/pulumi/go.mod does not require ${cli}`);
  return version;
}
