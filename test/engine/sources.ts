import { appendFileSync, chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The folder airflow/ of a trial's project as a copy that can be broken and mended. */
export class Sources {
  private readonly folder: string;

  constructor(project: string) {
    this.folder = join(project, "airflow");
    this.mend();
  }

  mend(): void {
    rmSync(this.folder, { recursive: true, force: true });
    cpSync("airflow", this.folder, { recursive: true });
  }

  write(file: string, content: string | Buffer): void {
    writeFileSync(join(this.folder, file), content);
    chmodSync(join(this.folder, file), 0o755);
  }

  append(file: string, content: string): void {
    appendFileSync(join(this.folder, file), content);
  }

  replace(file: string, what: string, by: string): void {
    const text = readFileSync(join(this.folder, file), "utf8");
    if (!text.includes(what)) throw new Error(`${file} does not contain ${what}`);
    this.write(file, text.replace(what, by));
  }
}
