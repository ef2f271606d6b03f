import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { parse } from "yaml";
import { ComposeProject } from "./project";

type Variables = Record<string, string>;

const file = parse(readFileSync("docker-compose.yml", "utf8"), { merge: true });
let project: ComposeProject;

beforeAll(async () => {
  project = await ComposeProject.create();
}, 60_000);

afterAll(() => project?.remove());

test("docker compose takes every variable as it is written, with the values of .env", async () => {
  const { services } = parse(await project.compose("config"));
  const dags = parseEnv(readFileSync("airflow/dags/.env.template", "utf8"));
  const filledIn = (text: string) =>
    text.replace(/\$\{(\w+)[^}]*\}/g, (_, name: string) => project.settings[name]!);
  for (const [service, fromFile] of Object.entries({ webserver: {}, scheduler: dags })) {
    const written = Object.entries<string>(file.services[service].environment as Variables);
    const expected = Object.fromEntries(written.map(([name, text]) => [name, filledIn(text)]));
    expect(services[service].environment).toEqual({ ...fromFile, ...expected });
  }
}, 30_000);

test("without .env it says where to look", async () => {
  rmSync(join(project.folder, ".env"));
  await expect(project.compose("config")).rejects.toThrow("see .env.template");
}, 30_000);
