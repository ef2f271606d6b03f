import { Stack } from "@pulumi/pulumi/automation";
import { deploy } from "../scripts/pipeline/deploy";
import { Bench, Way } from "./way";

const NAMESPACE = "lvao-preprod";

/** This program: `npm run deploy`, as the workflow runs it. */
export class ThisWay implements Way {
  readonly name = "this program";
  readonly containers = ["webserver", "scheduler"].map(
    (role) => [NAMESPACE, `lvao-airflow-${role}`] as const,
  );
  account!: Way["account"];
  private stack!: Stack;

  constructor(private readonly bench: Bench) {}

  async setUp(): Promise<void> {
    const { project, baseImage } = this.bench;
    this.stack = await project.stack("preprod", { "airflow:baseImage": baseImage });
    await this.deploy();
    const { adminUsername, adminPassword } = await this.stack.outputs();
    this.account = { username: adminUsername!.value, password: adminPassword!.value };
  }

  deploy(): Promise<void> {
    return deploy(this.bench.project.folder, "preprod");
  }
}
