import { MAX_OVERFLOW, POOL_SIZE } from "../../components/variables/databaseConnections";

/** How Airflow is started, and told to use the container that it is given. */
export interface Sizing {
  readonly name: string;
  /** What the scheduler's container has otherwise than in docker-compose.yml. */
  readonly service: {
    readonly environment?: Readonly<Record<string, string>>;
    readonly command?: readonly string[];
    readonly entrypoint?: readonly string[];
  };
}

const environment = {
  AIRFLOW__CORE__PARALLELISM: "32",
  [POOL_SIZE]: "5",
  [MAX_OVERFLOW]: "10",
};

/** The first is what this project deploys: docker-compose.yml has what the component derives from the sizes of preprod. */
export const sizings: readonly Sizing[] = [
  { name: "derived sizing", service: {} },
  { name: "Airflow's default variables", service: { environment } },
  {
    name: "Airflow's own commands too",
    service: {
      environment,
      entrypoint: ["/usr/bin/dumb-init", "--", "/entrypoint", "bash", "-c"],
      command: ["airflow scheduler & airflow dag-processor & airflow triggerer & wait"],
    },
  },
];
