import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Emulator } from "../../../scripts/emulator";
import { PulumiProject } from "../../../scripts/pulumiProject";
import { setUp, Toolbox } from "../../../tools/setup";
import { existingIds } from "../agreement";
import { adopt, adoptedStack } from "./adopt";
import { leaksIn } from "../leaks";
import { ProcessList } from "../processList";
import { HandmadePlatform, secrets } from "./handmade";

const MINUTE = 60_000;
const folder = mkdtempSync(join(tmpdir(), "airflow-adopt-"));
let toolbox: Toolbox;
let emulator: Emulator;
let project: PulumiProject;
let platform: HandmadePlatform;
let before: object;
let idsBefore: string[];
let secretsFlag: string;

beforeAll(async () => {
  toolbox = await setUp();
  Object.assign(process.env, toolbox.engine);
  emulator = await Emulator.start(folder, toolbox);
  project = new PulumiProject(folder, emulator.env);
  platform = await HandmadePlatform.make(emulator, folder, toolbox.images.debian);
  before = await emulator.resources();
  idsBefore = await existingIds(emulator);
  secretsFlag = `--secrets=${platform.secretsFile}`;
}, 30 * MINUTE);

afterAll(async () => {
  await emulator.erase();
  rmSync(folder, { recursive: true, force: true });
}, MINUTE);

const stackFile = () => readFileSync(join(project.folder, "Pulumi.preprod.yaml"), "utf8");

test(
  "a rehearsal, here from what the API says, says what would be done and writes nothing",
  async () => {
    const printed = await adopt(project, secretsFlag);
    expect(printed).toMatch(/privilege: qfdmo on airflow, .* \(the API\)/);
    expect(printed).toMatch(/In all: 0 deleted or replaced, \d+ updated, \d+ created/);
    expect(() => stackFile()).toThrow("ENOENT");
    expect(await emulator.resources()).toEqual(before);
  },
  2 * MINUTE,
);

test(
  "it is taken over with nothing deleted or replaced, and secrets in no list of processes",
  async () => {
    const processes = new ProcessList(join(folder, "processes"));
    const printed = await adopt(
      project,
      `--state=${platform.stateFile}`,
      secretsFlag,
      "--apply",
    ).finally(() => processes.stop());
    const seen = processes.seen();
    expect(seen).toContain("secretVariables.all.DATABASE_URL");
    expect(leaksIn({ printed, seen, stackFile: stackFile() }, Object.values(secrets))).toEqual([]);
    expect(printed).toMatch(/In all: 0 deleted or replaced, \d+ updated, \d+ created/);
    expect(await emulator.resources()).toEqual(before);
  },
  2 * MINUTE,
);

test(
  "up goes on with the same things",
  async () => {
    const stack = await adoptedStack(project, {
      "airflow:context": "test/engine/light",
      "airflow:baseImage": toolbox.images.debian,
    });
    const { summary } = await stack.up();
    expect(summary.resourceChanges).toMatchObject({ update: expect.any(Number) });
    expect(Object.keys(summary.resourceChanges!).sort()).toEqual(["create", "same", "update"]);
    expect(await platform.objects()).toEqual([1, 2, 3].map((number) => `dag_id=old/${number}.log`));
    expect(await existingIds(emulator)).toEqual(expect.arrayContaining(idsBefore));
    expect(Object.keys((await stack.preview()).changeSummary)).toEqual(["same"]);
    const again = adopt(project, secretsFlag, "--apply");
    await expect(again).rejects.toThrow(/Refused; .*has been deployed already/s);
  },
  3 * MINUTE,
);

test(
  "undone, it is forgotten, and everything is still there",
  async () => {
    const there = await emulator.resources();
    expect(await adopt(project, "--undo")).toMatch(/would be forgotten: airflow-database-instance/);
    expect(await adopt(project, "--undo", "--apply")).toMatch(/The state of preprod is empty/);
    expect(await emulator.resources()).toEqual(there);
    const stack = await adoptedStack(project, {});
    expect((await stack.exportStack()).deployment.resources ?? []).toEqual([]);
  },
  MINUTE,
);
