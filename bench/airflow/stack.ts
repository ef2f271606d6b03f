import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { EnvironmentSettings } from "../../components/checks/schema";
import { checkStackConfig } from "../../components/checks/stackConfig";
import { waitFor } from "../../components/gate/waitFor";
import { AirflowApi } from "../../scripts/airflowApi";
import { stackConfig } from "../../scripts/check";
import { ComposeProject } from "../../test/compose/project";
import { standIns } from "../../test/compose/standIns";
import { Sizing } from "./sizing";

export const DAG = "hundred_tasks";
const MINUTE = 60_000;

/** docker-compose.yml of this checkout, with containers of the sizes that preprod has. */
export class Stack {
  private readonly settings = preprod();
  readonly airflow: AirflowApi;

  private constructor(private readonly project: ComposeProject) {
    const { AIRFLOW_PORT, ADMIN_PASSWORD } = project.settings;
    const account = { username: "admin", password: ADMIN_PASSWORD! };
    this.airflow = new AirflowApi(`http://127.0.0.1:${AIRFLOW_PORT}`, account);
  }

  static async create(): Promise<Stack> {
    const stack = new Stack(await ComposeProject.create(await standIns()));
    const dag = `${DAG}.py`;
    copyFileSync(join(__dirname, dag), join(stack.project.folder, "airflow/dags", dag));
    return stack;
  }

  /** Starts a scheduler's container of its own for a sizing, and the others if need be; waits until all work. */
  async start({ service }: Sizing): Promise<void> {
    const { webserver, scheduler } = this.settings;
    const services = {
      webserver: limits(webserver),
      scheduler: { ...limits(scheduler), ...service },
    };
    writeFileSync(
      join(this.project.folder, "docker-compose.override.yml"),
      stringify({ services }),
    );
    await this.project.compose("rm", "--stop", "--force", "scheduler");
    await this.project.compose("up", "--build", "--detach");
    await this.ready(new Date());
  }

  /** The Docker container of a service. */
  container(service: string): Promise<string> {
    return this.project.compose("ps", "--quiet", service);
  }

  async close(): Promise<void> {
    await this.project.down();
    this.project.remove();
  }

  private async ready(since: Date): Promise<void> {
    const look = async () => {
      await this.airflow.logIn();
      const { scheduler, triggerer, dag_processor } = await this.airflow.call<Health>(
        "GET",
        "/api/v2/monitor/health",
      );
      const dag = await this.airflow.call<{ last_parsed_time: string }>(
        "GET",
        `/api/v2/dags/${DAG}`,
      );
      const signs = {
        scheduler: scheduler.latest_scheduler_heartbeat,
        triggerer: triggerer.latest_triggerer_heartbeat,
        "dag-processor": dag_processor.latest_dag_processor_heartbeat,
        [DAG]: dag.last_parsed_time,
      };
      const missing = Object.entries(signs).filter(([, at]) => at === null || new Date(at) < since);
      return missing.length === 0
        ? signs
        : `no sign of ${missing.map(([name]) => name).join(", ")}`;
    };
    await waitFor("Airflow", look, { timeout: 5 * MINUTE });
  }
}

interface Health {
  readonly scheduler: { readonly latest_scheduler_heartbeat: string | null };
  readonly triggerer: { readonly latest_triggerer_heartbeat: string | null };
  readonly dag_processor: { readonly latest_dag_processor_heartbeat: string | null };
}

function preprod(): EnvironmentSettings {
  const { settings, mistakes } = checkStackConfig(stackConfig("preprod"), "preprod");
  if (settings === undefined) throw new Error(mistakes);
  return settings;
}

const limits = ({ cpu, memory }: { cpu: number; memory: number }) => ({
  cpus: cpu / 1_000,
  mem_limit: memory * 1_000_000,
});
