import { LocalWorkspace, Stack } from "@pulumi/pulumi/automation";
import { randomBytes } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";

const checkout = resolve(__dirname, "..");

/**
 * The project of this checkout as a folder of its own: stack files, salt and state of a trial stay there, so neither
 * the checkout nor a real stack is touched.
 */
export class PulumiProject {
  /** The folder with Pulumi.yaml. */
  readonly folder: string;
  /** The environment in which `pulumi` finds the state and its passphrase. */
  readonly env: Record<string, string>;

  constructor(
    private readonly base: string,
    env: NodeJS.ProcessEnv,
  ) {
    this.folder = join(base, "project");
    mkdirSync(this.folder, { recursive: true });
    linkSources(this.folder);
    this.env = {
      ...(env as Record<string, string>),
      // Pulumi replaces the state at once, but not the file of metadata beside it: a kill in between would leave a
      // state that nothing can read.
      PULUMI_BACKEND_URL: `file://${makeFolder(base, "state")}?metadata=skip`,
      PULUMI_CONFIG_PASSPHRASE_FILE: passphraseFile(base),
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
    // The stack file names the region; named twice, the provider warns.
    delete this.env.SCW_DEFAULT_REGION;
  }

  /** The stack with the settings of the checkout's stack file and, over them, `config`. */
  async stack(stackName: string, config: Record<string, string> = {}): Promise<Stack> {
    refreshStackFile(this.folder, stackName);
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName, workDir: this.folder },
      { envVars: this.env },
    );
    for (const [key, value] of Object.entries(config)) await stack.setConfig(key, { value }, true);
    return stack;
  }

  /** Where the engine keeps the stack's state. */
  stateFile(stackName: string): string {
    return join(this.base, "state", ".pulumi", "stacks", "airflow", `${stackName}.json`);
  }
}

function makeFolder(...parts: string[]): string {
  const folder = join(...parts);
  mkdirSync(folder, { recursive: true });
  return folder;
}

function linkSources(project: string): void {
  for (const name of readdirSync(checkout)) {
    if (name.startsWith(".git") || name.startsWith("Pulumi.")) continue;
    const link = join(project, name);
    rmSync(link, { force: true });
    symlinkSync(join(checkout, name), link);
  }
  copyFileSync(join(checkout, "Pulumi.yaml"), join(project, "Pulumi.yaml"));
}

/**
 * Takes over the settings of the checkout's stack file, without its secrets: those, and its salt, belong to the
 * passphrase of a real stack, and the trial has one of its own.
 */
function refreshStackFile(project: string, stackName: string): void {
  const file = `Pulumi.${stackName}.yaml`;
  const read = (folder: string) => {
    const path = join(folder, file);
    return existsSync(path) ? parse(readFileSync(path, "utf8")) : {};
  };
  const { encryptionsalt } = read(project);
  const config = withoutSecrets(read(checkout).config);
  writeFileSync(
    join(project, file),
    stringify({ config, ...(encryptionsalt && { encryptionsalt }) }),
  );
}

function withoutSecrets(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => !(typeof inner === "object" && inner !== null && "secure" in inner))
      .map(([key, inner]) => [key, withoutSecrets(inner)]),
  );
}

function passphraseFile(folder: string): string {
  const file = join(folder, "passphrase");
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString("base64"), { mode: 0o600 });
  return file;
}
