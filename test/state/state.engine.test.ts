import { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PulumiProject } from "../../scripts/pulumiProject";
import { ensureEngine } from "../../tools/engine";
import { readRecording, STACK } from "./recording";

const nowhere = {
  SCW_API_URL: "http://127.0.0.1:9",
  DOCKER_HOST: "unix:///nonexistent/docker.sock",
};

/**
 * Each version, recorded by `npm run state:record` before its release, and what has to change in its environments since:
 * updates in place at most, which the changelog explains.
 */
const updatesSince: Record<string, string[]> = {
  // Images are built with the layers of the former build, so each is built once more, and what runs them follows.
  "0.1.0": [
    "update docker:index/image:Image airflow-scheduler-image",
    "update docker:index/image:Image airflow-webserver-image",
    "update pulumi-scaleway-airflow:index:AirflowContainer airflow-dagProcessor",
    "update pulumi-scaleway-airflow:index:AirflowContainer airflow-scheduler",
    "update scaleway:containers/container:Container airflow-dagProcessor-container",
    "update scaleway:containers/container:Container airflow-scheduler-container",
    "update scaleway:containers/container:Container airflow-webserver-container",
  ],
};

describe.each(Object.entries(updatesSince))("an environment of %s", (version, updates) => {
  const { passphrase, account, config, state } = readRecording(version);
  const folder = mkdtempSync(join(tmpdir(), "airflow-state-"));
  let project: PulumiProject;
  let stack: Stack;

  beforeAll(async () => {
    Object.assign(process.env, await ensureEngine());
    writeFileSync(join(folder, "passphrase"), passphrase);
    project = new PulumiProject(folder, { ...account, ...nowhere });
    stack = await project.stack(STACK, config);
    await stack.importStack(state);
  }, 30 * 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("stays as it is", async () => {
    expect(state.deployment.resources.length).toBeGreaterThan(40);
    expect(await changes(stack)).toEqual(updates);
  }, 60_000);

  it("stays as it is under another name, with an alias", async () => {
    const program = join(project.folder, "index.ts");
    const renamed = renamedWithAlias(readFileSync(program, "utf8"));
    rmSync(program); // a link to the checkout's
    writeFileSync(program, renamed);
    const renamedUpdates = updates.map((update) => update.replace(/ airflow\b/, " platform"));
    expect(await changes(stack)).toEqual(renamedUpdates);
  }, 60_000);
});

function renamedWithAlias(program: string): string {
  const renamed = program
    .replace('  "airflow",\n', '  "platform",\n')
    .replace("{ transforms:", '{ aliases: [{ name: "airflow" }], transforms:');
  expect(renamed).toMatch(/"platform"[^]*aliases/);
  return renamed;
}

/** What a preview would change, as `operation type name`. A new version of a provider is not the environment's. */
async function changes(stack: Stack): Promise<string[]> {
  const found: string[] = [];
  const onEvent = ({ resourcePreEvent }: EngineEvent) => {
    const { op, urn, type } = resourcePreEvent?.metadata ?? {};
    if (!op || op === "same" || type!.startsWith("pulumi:providers:")) return;
    found.push(`${op} ${type} ${urn!.split("::").pop()}`);
  };
  await stack.preview({ onEvent });
  return found.sort();
}
