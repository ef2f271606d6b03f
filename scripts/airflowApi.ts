import { waitFor } from "../components/gate/waitFor";

/** How a DAG run ended. */
export interface FinishedRun {
  readonly dagId: string;
  readonly runId: string;
  readonly state: "success" | "failed";
  /** The tasks that ran. */
  readonly taskIds: string[];
}

/** A client of Airflow's stable REST API (v2). */
export class AirflowApi {
  private token?: string;

  constructor(
    private readonly url: string,
    private readonly account: { username: string; password: string },
  ) {}

  /** Unpauses the DAG once it has been parsed, runs it once and waits for its end. */
  async runDag(dagId: string, timeout: number): Promise<FinishedRun> {
    await this.logIn();
    const dag = `/api/v2/dags/${dagId}`;
    await waitFor(`The DAG ${dagId}`, () => this.call<object>("PATCH", dag, { is_paused: false }), {
      timeout,
    });
    const { dag_run_id: runId } = await this.call<{ dag_run_id: string }>(
      "POST",
      `${dag}/dagRuns`,
      { logical_date: null },
    );
    const run = `${dag}/dagRuns/${encodeURIComponent(runId)}`;
    const { state } = await waitFor(
      `The end of the DAG run ${runId}`,
      async () => {
        const { state } = await this.call<{ state: string }>("GET", run);
        return isFinal(state) ? { state } : `it is ${state}`;
      },
      { timeout, interval: 250 },
    );
    return { dagId, runId, state, taskIds: await this.tasksOf(run) };
  }

  /** The ids and states of the runs of a DAG, the oldest first. */
  async dagRuns(dagId: string): Promise<{ dag_run_id: string; state: string }[]> {
    await this.logIn();
    const { dag_runs } = await this.call<{ dag_runs: { dag_run_id: string; state: string }[] }>(
      "GET",
      `/api/v2/dags/${dagId}/dagRuns?order_by=run_after&limit=1000`,
    );
    return dag_runs.map(({ dag_run_id, state }) => ({ dag_run_id, state }));
  }

  /** What the interface shows of the log of a task's first try, and where it found it. */
  async taskLog({ dagId, runId }: FinishedRun, taskId: string): Promise<string> {
    const run = `/api/v2/dags/${dagId}/dagRuns/${encodeURIComponent(runId)}`;
    const { content } = await this.call<{ content: unknown[] }>(
      "GET",
      `${run}/taskInstances/${taskId}/logs/1`,
    );
    return content.map((line) => JSON.stringify(line)).join("\n");
  }

  private async tasksOf(run: string): Promise<string[]> {
    const { task_instances } = await this.call<{ task_instances: { task_id: string }[] }>(
      "GET",
      `${run}/taskInstances`,
    );
    return task_instances.map(({ task_id }) => task_id);
  }

  /** Gets a token for the account; the calls that follow use it. */
  async logIn(): Promise<void> {
    const answer = await this.call<{ access_token: string }>("POST", "/auth/token", this.account);
    this.token = answer.access_token;
  }

  /** Calls any path of the API; a status that is no success is an error. */
  async call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(body && { "Content-Type": "application/json" }),
        ...(this.token && { Authorization: `Bearer ${this.token}` }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }
}

function isFinal(state: string): state is FinishedRun["state"] {
  return state === "success" || state === "failed";
}
