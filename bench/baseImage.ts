import { ScalewayApi } from "../scripts/scalewayApi";
import { dockerClient } from "../tools/docker";
import { withCredentials } from "../tools/providers/docker/credentials";
import { run } from "../tools/shell";
import { Bench } from "./way";

/** Creates a registry namespace; gives its address. */
export async function createRegistry(
  { emulator: { env } }: Pick<Bench, "emulator">,
  name: string,
): Promise<string> {
  const namespace = { name, project_id: env.SCW_DEFAULT_PROJECT_ID };
  const path = "/registry/v1/regions/fr-par/namespaces";
  const api = new ScalewayApi(env);
  return (await api.call<{ endpoint: string }>("POST", path, namespace)).endpoint;
}

/** An image in a registry, and what its registry asks for. */
export const loginTo = (
  server: string,
  imageName: string,
  { emulator }: Pick<Bench, "emulator">,
) => ({
  imageName,
  registry: { server, username: "nologin", password: emulator.env.SCW_SECRET_KEY },
});

/** Stands for the registry that has Airflow's image: puts it into one, and gives its name there. */
export async function provideBaseImage(
  bench: Pick<Bench, "emulator">,
  airflow: string,
): Promise<string> {
  const registry = await createRegistry(bench, "base");
  const name = `${registry}/airflow:slim`;
  const docker = await dockerClient();
  await run(docker, ["tag", airflow, name]);
  const image = {
    ...loginTo(registry, name, bench),
    build: { context: "", dockerfile: "", platform: "" },
  };
  await withCredentials(image, (env) => run(docker, ["push", name], { env }));
  await run(docker, ["image", "rm", name]);
  return name;
}
