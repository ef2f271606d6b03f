import { run } from "../tools/shell";

/** What a stack has deployed around its database, by the ids of Scaleway's API. */
export interface DeployedDatabase {
  readonly region: string;
  readonly instanceId: string;
  readonly instanceName: string;
  readonly databaseName: string;
  readonly userName: string;
  /** Those that use the database, the webserver first, because it migrates. */
  readonly containers: readonly { readonly id: string; readonly name: string }[];
}

interface StateResource {
  readonly type: string;
  readonly id: string;
  readonly urn: string;
  readonly delete?: boolean;
  readonly inputs?: { readonly existing?: { readonly database?: object } };
  readonly outputs: Record<string, unknown>;
}

/** Reads a stack's state by way of `pulumi`. @throws when the stack has no database of its own. */
export async function deployedDatabase(stack: string, folder: string): Promise<DeployedDatabase> {
  const state = await run("pulumi", ["stack", "export", "--stack", stack, "--cwd", folder]);
  const { deployment } = JSON.parse(state) as { deployment: { resources?: StateResource[] } };
  const live = (deployment.resources ?? []).filter((resource) => !resource.delete);
  const ofType = (type: string) => live.filter((resource) => resource.type === `scaleway:${type}`);
  const one = (type: string, what: string) => {
    const [found] = ofType(type);
    if (found) return found;
    if (live.some(({ inputs }) => inputs?.existing?.database)) throw new Error(notOwn(stack));
    throw new Error(`The stack ${stack} has no ${what}; run \`pulumi up --stack ${stack}\` first.`);
  };
  const instance = one("databases/instance:Instance", "database instance");
  const [region = "", instanceId = ""] = instance.id.split("/");
  const containers = ofType("containers/container:Container").map(({ id, urn, outputs }) => ({
    id: id.split("/").pop()!,
    name: String(outputs.name),
    migrates: urn.includes("webserver"),
  }));
  // In an adopted environment Airflow's user may be the administrator, which is no resource of its own.
  const { databaseName, userName } = one("databases/privilege:Privilege", "database user").outputs;
  return {
    region,
    instanceId,
    instanceName: String(instance.outputs.name),
    databaseName: String(databaseName),
    userName: String(userName),
    containers: containers.sort((a, b) => Number(b.migrates) - Number(a.migrates)),
  };
}

const notOwn = (stack: string) =>
  `The database of the stack ${stack} is not of its environment: airflow:existing.database says where it is. ` +
  "Back it up and restore it with the means of whoever runs it, such as pg_dump and pg_restore; " +
  "`npm run back` then does without a backup: add --no-backup.";
