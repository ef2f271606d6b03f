import { writeFileSync } from "node:fs";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { cacheFolder, cachePath, makeOnce } from "./cache";
import { goBuild, hashFolder, requiredVersion } from "./goModule";
import { step } from "./progress";

const cli = join(__dirname, "terraform", "cli");
const provider = join(__dirname, "terraform", "provider");
const terraformModule = "github.com/hashicorp/terraform";
const providerModule = "github.com/scaleway/terraform-provider-scaleway/v2";
const mirror = cacheFolder("terraform-providers");

/** Terraform on this machine, with a Scaleway provider that needs no download. */
export interface Terraform {
  /** Path of the command-line tool. */
  readonly binary: string;
  /** Added to its environment, makes `init` find the provider in the cache, and nothing look for a newer version. */
  readonly env: Readonly<Record<string, string>>;
}

/** Builds Terraform, and the Scaleway provider in the version that is bridged to Pulumi, unless they are in the cache. */
export async function ensureTerraform(): Promise<Terraform> {
  const binary = await buildTerraform();
  await buildProvider();
  return { binary, env: { TF_CLI_CONFIG_FILE: configuration(), CHECKPOINT_DISABLE: "1" } };
}

async function buildTerraform(): Promise<string> {
  const folder = cacheFolder("bin");
  const binary = join(folder, "terraform");
  const build = () =>
    step("Building Terraform (about four minutes)", () => goBuild(cli, folder, [terraformModule]));
  await makeOnce("terraform", hashFolder(cli), build, [binary]);
  return binary;
}

/** Puts the provider to where `init` looks for `scaleway/scaleway` of this version. */
async function buildProvider(): Promise<void> {
  const version = requiredVersion(provider, providerModule).replace("v", "");
  const target = `${platform()}_${arch() === "x64" ? "amd64" : arch()}`;
  const folder = join(mirror, "registry.terraform.io", "scaleway", "scaleway", version, target);
  const build = () =>
    step("Building the Scaleway provider for Terraform (about two minutes)", () =>
      goBuild(provider, folder, [providerModule]),
    );
  const products = [join(folder, "terraform-provider-scaleway")];
  await makeOnce("terraform-provider", hashFolder(provider), build, products);
}

function configuration(): string {
  const file = cachePath("terraform.tfrc");
  const path = JSON.stringify(mirror);
  writeFileSync(
    file,
    `provider_installation {\n  filesystem_mirror {\n    path = ${path}\n  }\n}\n`,
  );
  return file;
}
