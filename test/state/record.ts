import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { version } from "../../package.json";
import { Emulator } from "../../scripts/emulator";
import { PulumiProject } from "../../scripts/pulumiProject";
import { setUp } from "../../tools/setup";
import { STACK, writeRecording } from "./recording";

/** Settings that make every kind of resource, and a second generation of every secret. */
const everything = {
  "airflow:context": "test/state/context",
  "airflow:prefix": "lvao",
  "airflow:dagProcessor.memory": "1024",
  "airflow:database.publicAccess[0]": "203.0.113.7/32",
  "airflow:logs.retention": "90",
  "airflow:logs.coldStorage.after": "30",
  "airflow:logs.coldStorage.storageClass": "ONEZONE_IA",
  "airflow:logs.versioning": "true",
  "airflow:rotation.all": "2",
  "airflow:variables.all.OWN": "plain",
  "airflow:secretVariables.scheduler.OWN_SECRET": "secret of nobody",
  "airflow:connections.warehouse.type": "http",
  "airflow:connections.warehouse.host": "warehouse.example",
  "airflow:pools.dbt.slots": "4",
  "airflow:protect": "false",
};

/** Brings an environment up on an emulator, and keeps what its state then is. */
async function record(folder: string): Promise<void> {
  const toolbox = await setUp();
  Object.assign(process.env, toolbox.engine);
  const emulator = await Emulator.start(folder, toolbox);
  try {
    const project = new PulumiProject(folder, emulator.env);
    const config = { ...everything, "airflow:baseImage": toolbox.images.debian };
    const stack = await project.stack(STACK, config);
    await stack.up({ onOutput: (text) => process.stderr.write(text) });
    writeRecording(version, {
      passphrase: readFileSync(project.env.PULUMI_CONFIG_PASSPHRASE_FILE!, "utf8"),
      account: Object.fromEntries(
        Object.entries(emulator.env).filter(([name]) => /^SCW_(?!API_URL)/.test(name)),
      ),
      config,
      state: await stack.exportStack(),
    });
  } finally {
    await emulator.erase();
  }
}

const folder = mkdtempSync(join(tmpdir(), "airflow-state-"));
record(folder)
  .catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  })
  .finally(() => rmSync(folder, { recursive: true, force: true }));
