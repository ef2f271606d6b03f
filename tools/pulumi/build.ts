import { join } from "node:path";
import { makeOnce } from "../cache";
import { goBuild, hashFolder } from "../goModule";
import { step } from "../progress";
import { run } from "../shell";

const cli = "github.com/pulumi/pulumi/pkg/v3";
const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** Builds the Pulumi command-line tool and the host of Node.js programs from source into a folder. */
export function buildPulumi(folder: string): Promise<void> {
  const products = ["pulumi", "pulumi-language-nodejs"].map((name) => join(folder, name));
  return makeOnce("pulumi", hashFolder(__dirname), () => step("Building Pulumi", build), products);

  async function build(): Promise<void> {
    const version = await run("go", ["list", "-m", "-f", "{{.Version}}", cli], { cwd: __dirname });
    const commands = [`${cli}/cmd/pulumi`, "./pulumi-language-nodejs"];
    await goBuild(__dirname, folder, commands, `-X ${versionVariable}=${version}`);
  }
}
