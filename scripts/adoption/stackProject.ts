import { randomBytes } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse, parseDocument, stringify } from "yaml";
import { propertyPath } from "../../components/checks/describeProblems";
import { run } from "../../tools/shell";
import { Refused } from "./found";
import type { Preview } from "./preview";
import { refusal } from "../refusal";

/** A resource as a stack's state has it, with its secrets in the open. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

interface State {
  readonly deployment: { readonly resources?: StateResource[] };
}

/** A stack of a Pulumi project: its settings and its state. */
export class StackProject {
  private constructor(
    private readonly folder: string,
    private readonly stack: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** The stack itself, which is made if there is none. */
  static async open(folder: string, stack: string): Promise<StackProject> {
    const project = StackProject.of(folder, stack);
    await project.pulumi(["stack", "select", "--create"]);
    return project;
  }

  /** A stack that is there: nothing is made, and none is selected. */
  static of(folder: string, stack: string): StackProject {
    return new StackProject(resolve(folder), stack, {});
  }

  /** The same stack with an empty state in a folder of its own, which is gone after `work`: nothing else is touched. */
  static async rehearse<T>(
    folder: string,
    stack: string,
    work: (project: StackProject) => Promise<T>,
  ): Promise<T> {
    const base = mkdtempSync(join(tmpdir(), "airflow-adopt-"));
    try {
      mkdirSync(join(base, "state"));
      const project = new StackProject(join(base, "project"), stack, {
        PULUMI_BACKEND_URL: `file://${join(base, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: randomBytes(24).toString("base64"),
        PULUMI_CONFIG_PASSPHRASE_FILE: undefined,
      });
      copyProject(resolve(folder), project.folder, stack);
      await project.pulumi(["stack", "select", "--create"]);
      return await work(project);
    } finally {
      rmSync(base, { recursive: true, force: true });
    }
  }

  /** All settings by full key: the project's defaults, and over them the stack's own. */
  get settings(): Record<string, unknown> {
    return readSettings(this.folder, this.stack);
  }

  /** What the state holds. */
  async resources(): Promise<StateResource[]> {
    const state = await this.pulumi(["stack", "export", "--show-secrets"]);
    const { resources = [] } = (JSON.parse(state) as State).deployment;
    return resources.map((resource) => readable(resource) as StateResource);
  }

  /** Brings what exists into the state; what is there already stays. */
  async import(resources: readonly object[]): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), "airflow-import-"));
    const file = join(folder, "import.json");
    try {
      writeFileSync(file, JSON.stringify({ resources }));
      const flags = ["--yes", "--skip-preview", "--generate-code=false", "--protect"];
      await this.pulumi(["import", "--file", file, ...flags]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** Writes settings into the stack file, each at its place: what else is there stays. */
  writeSettings(settings: Readonly<Record<string, unknown>>): void {
    const file = join(this.folder, `Pulumi.${this.stack}.yaml`);
    const document = parseDocument(existsSync(file) ? readFileSync(file, "utf8") : "config: {}\n");
    for (const [key, value] of Object.entries(settings)) {
      for (const [path, leaf] of leaves(value)) {
        document.setIn(["config", `airflow:${key}`, ...path], leaf);
      }
    }
    writeFileSync(file, String(document));
  }

  /** Keeps a secret in the stack file, encrypted. It goes by standard input: a command line is in the list of processes. */
  async writeSecret(path: readonly string[], value: string): Promise<void> {
    const key = `airflow:${propertyPath([...path])}`;
    await this.pulumi(["config", "set", "--secret", "--path", key], { input: value });
  }

  /** What `up` would do. */
  async preview(): Promise<Preview> {
    return JSON.parse(await this.pulumi(["preview", "--json", "--show-sames"])) as Preview;
  }

  /** Empties the state, of which a copy stays in a file: nothing of what it described is touched. */
  async forget(): Promise<string> {
    const file = join(this.folder, `Pulumi.${this.stack}.forgotten.json`);
    const state = await this.pulumi(["stack", "export"]);
    writeFileSync(file, state, { mode: 0o600 });
    const { deployment, ...rest } = JSON.parse(state) as State;
    const empty = { ...rest, deployment: { ...deployment, resources: [] } };
    await this.pulumi(["stack", "import"], { input: JSON.stringify(empty) });
    return file;
  }

  private pulumi(args: string[], options: { input?: string } = {}): Promise<string> {
    const where = ["--cwd", this.folder, "--stack", this.stack, "--non-interactive"];
    return run("pulumi", [...args, ...where], { ...options, env: this.env });
  }
}

const SECRET = "4dabf18193072939515e22adb298388d";

/** Secrets in the state that is shown are JSON, in an object with a signature. */
function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  if (SECRET in value) return JSON.parse((value as { plaintext?: string }).plaintext ?? "null");
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner)]));
}

/** All settings of a stack, of which there may be no more than its file. */
export function readSettings(folder: string, stack: string): Record<string, unknown> {
  const config = (file: string): Record<string, unknown> =>
    (existsSync(file) ? (parse(readFileSync(file, "utf8")) as Config | null) : null)?.config ?? {};
  const projectFile = join(folder, "Pulumi.yaml");
  if (!existsSync(projectFile)) {
    throw new Refused([
      refusal`There is no ${projectFile}. Name the folder of the Pulumi program: --cwd <folder>`,
    ]);
  }
  const declared = Object.entries(config(projectFile)).map(([key, value]) => {
    const { value: fixed, default: byDefault = fixed } = (value ?? {}) as Record<string, unknown>;
    return [key, byDefault];
  });
  return { ...Object.fromEntries(declared), ...config(join(folder, `Pulumi.${stack}.yaml`)) };
}

interface Config {
  readonly config?: Record<string, unknown>;
}

/** Each value that is no list of settings, with the keys that lead to it. */
function leaves(value: unknown, path: string[] = []): [string[], unknown][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

/** A folder with the same program; stack files of its own, since secrets in them belong to another passphrase. */
function copyProject(from: string, to: string, stack: string): void {
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    if (name.startsWith(".git") || name.startsWith("Pulumi.")) continue;
    symlinkSync(join(from, name), join(to, name));
  }
  copyFileSync(join(from, "Pulumi.yaml"), join(to, "Pulumi.yaml"));
  const file = `Pulumi.${stack}.yaml`;
  if (!existsSync(join(from, file))) return;
  const { config } = (parse(readFileSync(join(from, file), "utf8")) ?? {}) as Config;
  writeFileSync(join(to, file), stringify({ config: withStandIns(config) }));
}

/** What stands for a secret in a rehearsal, which does not know it. */
const STAND_IN = "rehearsal";

function withStandIns(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return value;
  if ("secure" in value) return STAND_IN;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withStandIns(inner)]),
  );
}
