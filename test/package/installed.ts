import { EngineEvent, LocalWorkspace } from "@pulumi/pulumi/automation";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../tools/shell";

const checkout = join(__dirname, "../..");

interface Manifest {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}

/** Well-formed credentials of nobody: a preview asks neither Scaleway nor Docker anything. */
const nobody = {
  SCW_ACCESS_KEY: "SCWXXXXXXXXXXXXXXXXX",
  SCW_SECRET_KEY: "11111111-1111-1111-1111-111111111111",
  SCW_DEFAULT_PROJECT_ID: "22222222-2222-2222-2222-222222222222",
  SCW_DEFAULT_ORGANIZATION_ID: "33333333-3333-3333-3333-333333333333",
  SCW_API_URL: "http://127.0.0.1:9",
  PULUMI_NODEJS_TRANSPILE_ONLY: "true",
  DOCKER_HOST: "unix:///nonexistent/docker.sock",
};

/** A folder outside of the repository, with the examples and consumers in it and the packed package installed. */
export async function installPackage(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "airflow-package-"));
  cpSync(join(checkout, "examples"), folder, { recursive: true });
  cpSync(join(__dirname, "consumers"), join(folder, "consumers"), { recursive: true });
  const packed = await run("npm", ["pack", "--silent", "--pack-destination", folder], {
    cwd: checkout,
  });
  const tarball = packed.trim().split("\n").pop()!;
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest(tarball)));
  await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--silent"], {
    cwd: folder,
  });
  return folder;
}

/** What the examples ask for, in the versions of this checkout: other versions of a provider may not be there. */
function manifest(tarball: string): Manifest {
  const read = (file: string) => JSON.parse(readFileSync(join(checkout, file), "utf8")) as Manifest;
  const { devDependencies: pinned } = read("package.json");
  const { dependencies, devDependencies } = read("examples/package.json");
  const exact = (names: Record<string, string>) =>
    Object.fromEntries(Object.keys(names).map((name) => [name, pinned[name] ?? `file:${tarball}`]));
  return { dependencies: exact(dependencies), devDependencies: exact(devDependencies) };
}

/**
 * The repository as `pulumi package add` clones it, after its dependencies were installed and its sources compiled: both
 * come from the package that is installed here.
 */
export function clonePlugin(folder: string): string {
  const plugin = join(folder, "plugin");
  const sources = ["PulumiPlugin.yaml", "tsconfig.json", "index.ts", "settings.ts", "promotion.ts"];
  for (const source of [...sources, "components", "airflow"]) {
    cpSync(join(checkout, source), join(plugin, source), { recursive: true });
  }
  const installed = join(folder, "node_modules", "pulumi-scaleway-airflow");
  cpSync(join(installed, "dist"), join(plugin, "dist"), { recursive: true });
  const text = readFileSync(join(installed, "package.json"), "utf8");
  const { name, version, main, exports } = JSON.parse(text) as Record<string, unknown>;
  writeFileSync(join(plugin, "package.json"), JSON.stringify({ name, version, main, exports }));
  return plugin;
}

/** What a preview would do to a resource, or to one of its ancestors. */
export interface Planned {
  readonly type: string;
  readonly name: string;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly provider?: string;
  readonly inputs: Record<string, unknown>;
}

/** Previews a program with the real command line. */
export async function preview(folder: string, program: string, config: Record<string, string>) {
  const state = join(folder, "state", program);
  mkdirSync(state, { recursive: true });
  const envVars = {
    ...nobody,
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: "of nobody",
  };
  const stack = await LocalWorkspace.createStack(
    { stackName: "dev", workDir: join(folder, program) },
    { envVars },
  );
  for (const [key, value] of Object.entries(config)) await stack.setConfig(key, { value });
  const planned: Planned[] = [];
  const onEvent = (event: EngineEvent) => {
    const { type, new: after } = event.resourcePreEvent?.metadata ?? {};
    if (after) planned.push({ ...after, type: type!, name: after.urn.split("::").pop()! });
  };
  const { stdout, stderr, changeSummary } = await stack.preview({ onEvent });
  return { said: stdout + stderr, changeSummary, planned };
}
