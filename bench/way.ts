import { Emulator } from "../scripts/emulator";
import { PulumiProject } from "../scripts/pulumiProject";

/** What both ways are given. */
export interface Bench {
  readonly emulator: Emulator;
  readonly project: PulumiProject;
  /** The folder with DAGs, Dockerfiles and dependencies: a copy, whose DAG is edited. */
  readonly context: string;
  /** The image to build on, in a registry. */
  readonly baseImage: string;
  /** The folder in which the emulated registry keeps what is pushed. */
  readonly blobs: string;
}

/** A way from an edited DAG to a running one. */
export interface Way {
  readonly name: string;
  /** Namespace and name of each of its containers, the webserver's first. */
  readonly containers: readonly (readonly [namespace: string, name: string])[];
  /** The account of its Airflow; known once it is set up. */
  readonly account: { readonly username: string; readonly password: string };
  /** Brings it up for the first time. */
  setUp(): Promise<void>;
  /** Deploys what has been edited; ends when this way calls it deployed. */
  deploy(): Promise<void>;
}
