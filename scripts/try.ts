import { OutputMap, Stack } from "@pulumi/pulumi/automation";
import { once } from "node:events";
import { AirflowApi, FinishedRun } from "./airflowApi";
import { cacheFolder } from "../tools/cache";
import { Emulator } from "./emulator";
import { readTaskLogs, s3Client } from "./logs";
import { say, step } from "../tools/progress";
import { PulumiProject } from "./pulumiProject";
import { readableLog } from "./readableLog";
import { setUp } from "../tools/setup";

const DAG = "ingest_repair_actors";
const MINUTE = 60_000;

/** Brings up `preprod` on this machine, runs a DAG and shows its log; stays until Ctrl-C unless told `--once`. */
async function main(leave: boolean): Promise<void> {
  const folder = cacheFolder("try");
  const toolbox = await setUp();
  Object.assign(process.env, toolbox.engine);
  const emulator = await step("Starting the emulator of Scaleway", () =>
    Emulator.start(folder, toolbox),
  );
  const interrupted = interruption();
  let work: Promise<void> | undefined;
  try {
    const project = new PulumiProject(folder, emulator.env);
    const stack = await project.stack("preprod", { "airflow:baseImage": toolbox.images.airflow });
    await forgetInterruption(stack);
    work = showcase(stack, emulator, interrupted);
    await Promise.race([work, once(interrupted, "abort")]);
    if (!leave && !interrupted.aborted) {
      say("Everything stays up. Press Ctrl-C to stop it; the next `npm run try` starts from here.");
      await once(interrupted, "abort");
    }
  } finally {
    await step("Stopping the emulator and its containers", () => emulator.stop());
    await work?.catch(() => {}); // an interrupted `pulumi up` ends once nothing answers it any more
  }
}

/** A trial that was killed leaves its lock, and a note of what it was creating: `up` finds that by itself. */
async function forgetInterruption(stack: Stack): Promise<void> {
  await stack.cancel();
  const { deployment } = await stack.exportStack();
  if (!deployment.pending_operations?.length) return;
  await step("Looking what an interrupted `pulumi up` has left", () =>
    stack.refresh({ clearPendingCreates: true }),
  );
}

async function showcase(stack: Stack, emulator: Emulator, signal: AbortSignal): Promise<void> {
  await step("pulumi up -s preprod", () =>
    stack.up({ signal, onOutput: (text) => process.stderr.write(text) }),
  );
  const outputs = await stack.outputs();
  const account = {
    username: outputs.adminUsername!.value,
    password: outputs.adminPassword!.value,
  };
  const { local_url: url } = await emulator.container("lvao-preprod", "lvao-airflow-webserver");
  const airflow = new AirflowApi(url, account);
  const run = await step(`Running the DAG ${DAG}`, () => airflow.runDag(DAG, 5 * MINUTE));
  await showLogs(emulator, outputs, run);
  if (run.state !== "success")
    throw new Error(`The DAG run ${run.runId} failed; its log is above.`);
  process.stdout.write(
    [
      "",
      `Airflow (preprod) answers at ${url}`,
      `  as seen by the other containers: ${outputs.webserverUrl!.value}`,
      `  user name: ${account.username}`,
      "  password:  npm run --silent pulumi -- stack output --stack preprod adminPassword --show-secrets",
      "",
    ].join("\n"),
  );
}

async function showLogs(emulator: Emulator, outputs: OutputMap, run: FinishedRun): Promise<void> {
  const bucket = outputs.bucketName!.value as string;
  const client = s3Client(emulator.env, outputs.bucketProjectId?.value);
  const logs = await readTaskLogs(client, bucket, run);
  const told = logs.map(({ key, text }) => ({ key, text: readableLog(text) }));
  for (const { key, text } of told.sort((a, b) => a.text.localeCompare(b.text))) {
    process.stdout.write(`\ns3://${bucket}/${key}\n${text}\n`);
  }
}

/** Aborts when the user presses Ctrl-C or the process is asked to end; npm passes on a signal that has come already. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => controller.abort());
  }
  return controller.signal;
}

main(process.argv.includes("--once")).catch((error: Error) => {
  say(error.message);
  say(`Run it again to go on from here, or delete ${cacheFolder("try")} to start anew.`);
  process.exitCode = 1;
});
