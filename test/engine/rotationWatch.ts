import { setTimeout as delay } from "node:timers/promises";
import { AirflowApi } from "../../scripts/airflowApi";
import { waitFor } from "../../components/gate/waitFor";

const DAG = "/api/v2/dags/sixty_short_tasks";
const INTERVAL = 1_000;
const END_LIMIT = 12 * 60_000;

/** What was seen of tasks and connections. */
export interface Watched {
  /** Tasks that ran. */
  readonly tasks: number;
  /** Tasks that ended otherwise than well. */
  readonly failed: number;
  /** Tasks that were started more than once, as what ran them was replaced. */
  readonly repeated: number;
  /** Readings of the connection, one a second, that failed. */
  readonly unreadable: number;
  /** Readings under a token from before the rotation that were refused. */
  readonly refused: number;
  /** Readings that nobody answered, as while the webserver is replaced. */
  readonly unanswered: number;
}

interface TaskInstance {
  readonly state: string | null;
  readonly try_number: number;
}

/** Runs the DAG again and again, and reads a connection every second, with a token from before the rotation. */
export class RotationWatch {
  private readonly runs: string[] = [];
  private readonly seen = { unreadable: 0, refused: 0, unanswered: 0 };
  private ended = false;

  private readonly loop: Promise<void>;

  private constructor(private readonly airflow: AirflowApi) {
    this.loop = this.watch();
  }

  static async begin(airflow: AirflowApi): Promise<RotationWatch> {
    await airflow.logIn();
    return new RotationWatch(airflow);
  }

  /** Lets the last run end, under a token from after the rotation; gives what was seen since the beginning. */
  async end(airflow: AirflowApi): Promise<Watched> {
    this.ended = true;
    await this.loop;
    await airflow.logIn();
    const ends = this.runs.map((run) => this.endOf(airflow, run));
    const tasks = (await Promise.all(ends)).flat();
    return {
      tasks: tasks.length,
      failed: tasks.filter(({ state }) => state !== "success").length,
      repeated: tasks.filter(({ try_number }) => try_number > 1).length,
      ...this.seen,
    };
  }

  private async watch(): Promise<void> {
    while (!this.ended) {
      await this.noting(() => this.airflow.call("GET", "/api/v2/connections/store"));
      await this.noting(() => this.keepRunning());
      await delay(INTERVAL);
    }
  }

  private async noting(request: () => Promise<unknown>): Promise<void> {
    try {
      await request();
    } catch (error) {
      const { message } = error as Error;
      process.stderr.write(`${new Date().toISOString()} ${message}\n`);
      const [, status] = / answered (\d+)/.exec(message) ?? [];
      if (status === "500") this.seen.unreadable += 1;
      else if (status === "401" || status === "403") this.seen.refused += 1;
      else this.seen.unanswered += 1;
    }
  }

  private async keepRunning(): Promise<void> {
    const last = this.runs.at(-1);
    if (last === undefined || isFinal(await stateOf(this.airflow, last))) {
      const run = await this.airflow.call<{ dag_run_id: string }>("POST", `${DAG}/dagRuns`, {
        logical_date: null,
      });
      this.runs.push(run.dag_run_id);
    }
  }

  private async endOf(airflow: AirflowApi, run: string): Promise<TaskInstance[]> {
    await waitFor(
      `The end of ${run}`,
      async () => {
        const state = await stateOf(airflow, run);
        return isFinal(state) ? { state } : `it is ${state}`;
      },
      { timeout: END_LIMIT },
    );
    const path = `${DAG}/dagRuns/${encodeURIComponent(run)}/taskInstances?limit=100`;
    return (await airflow.call<{ task_instances: TaskInstance[] }>("GET", path)).task_instances;
  }
}

async function stateOf(airflow: AirflowApi, run: string): Promise<string> {
  const path = `${DAG}/dagRuns/${encodeURIComponent(run)}`;
  return (await airflow.call<{ state: string }>("GET", path)).state;
}

const isFinal = (state: string) => state === "success" || state === "failed";
