import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseEnv } from "node:util";
import { freePort } from "../../emulator/listening";
import { ComposeClient, ensureCompose } from "../../tools/compose";
import { run } from "../../tools/shell";

/** What a developer has after a clone and the two copies, in a folder of its own. */
export class ComposeProject {
  private constructor(
    readonly name: string,
    readonly folder: string,
    /** What `.env` says. */
    readonly settings: Record<string, string>,
    private readonly client: ComposeClient,
  ) {}

  /** `own` is what `.env` says otherwise than its template. */
  static async create(own: Record<string, string> = {}): Promise<ComposeProject> {
    const folder = mkdtempSync(join(tmpdir(), "compose-"));
    const client = await ensureCompose();
    cpSync("docker-compose.yml", join(folder, "docker-compose.yml"));
    cpSync("airflow", join(folder, "airflow"), {
      recursive: true,
      filter: (source) => basename(source) !== ".env",
    });
    cpSync("airflow/dags/.env.template", join(folder, "airflow/dags/.env"));
    const settings = {
      ...(parseEnv(readFileSync(".env.template", "utf8")) as Record<string, string>),
      AIRFLOW_PORT: String(await freePort()),
      STORAGE_PORT: String(await freePort()),
      ...own,
    };
    const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
    writeFileSync(join(folder, ".env"), lines.join(""));
    return new ComposeProject(basename(folder).toLowerCase(), folder, settings, client);
  }

  /** Runs docker compose; gives what it prints. */
  compose(...args: string[]): Promise<string> {
    const [program, ...first] = this.client.command;
    const named = ["--project-name", this.name];
    return run(program, [...first, ...named, ...args], { cwd: this.folder, env: this.client.env });
  }

  /** Changes a file. */
  edit(file: string, change: (text: string) => string): void {
    const path = join(this.folder, file);
    writeFileSync(path, change(readFileSync(path, "utf8")));
  }

  /** Takes down what runs, with its data and images. */
  async down(): Promise<void> {
    await this.compose("down", "--volumes", "--rmi=local");
  }

  /** Deletes the folder. */
  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
