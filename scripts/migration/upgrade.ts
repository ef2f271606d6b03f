import { dockerClient } from "../../tools/docker";
import { CommandFailed, run } from "../../tools/shell";
import type { Values } from "./cleverVariables";
import { Refused } from "./refused";
import { refusal } from "../refusal";

/** How the line of what no key reads begins. */
const REPORT = '{"unreadable"';

/** Not for this: whoever may enter Airflow, and what the deployment declares, the webserver itself sees to. */
const LEFT_OUT = ["ADMIN_PASSWORD", "DECLARED_OBJECTS", "DOWNGRADE_TO"];

/**
 * Brings a database that comes from elsewhere to the schema and the Fernet key of the webserver's image, in a container
 * of it on this machine and its network, which the database lets in. Values are in the environment of the Docker client.
 *
 * @throws `Refused` when a secret was written with a key that is not given.
 */
export async function upgrade(image: string, variables: Values): Promise<void> {
  const names = Object.keys(variables).filter((name) => !LEFT_OUT.includes(name));
  const env = names.flatMap((name) => ["--env", name]);
  const command = ["--entrypoint=python", image, "/opt/airflow/start/move_in.py"];
  const printed = await run(
    await dockerClient(),
    ["run", "--rm", "--network=host", ...env, ...command],
    { env: variables },
  ).catch((error: CommandFailed) => {
    throw new Error(`The image ${image} could not upgrade the copy:\n${advised(error.output)}`);
  });
  const report = printed
    .split("\n")
    .filter((line) => line.startsWith(REPORT))
    .pop()!;
  const { unreadable } = JSON.parse(report) as { unreadable: string[] };
  if (unreadable.length > 0) throw new Refused([lostKey(unreadable)]);
}

const lostKey = (unreadable: string[]) =>
  refusal`AIRFLOW__CORE__FERNET_KEY, as \`clever env\` printed it, does not read: ${unreadable.join(", ")}. Add the key that wrote them, after a comma; what no key reads, delete in the former Airflow`;

function advised(output: string): string {
  const end = output.trimEnd().split("\n").slice(-15).join("\n");
  if (!/pull access denied|unauthorized|denied: /.test(output)) return end;
  return `${end}\nDocker may not pull the image. Log in: echo $SCW_SECRET_KEY | docker login <registry> --username nologin --password-stdin`;
}
