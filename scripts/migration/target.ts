import { FERNET_KEY } from "../../components/checks/rules/generated";
import { StackProject, StateResource } from "../adoption/stackProject";
import { DeployedDatabase, deployedDatabase } from "../deployedDatabase";
import type { Values } from "./cleverVariables";
import { DatabaseAddress, parseAddress } from "./postgres";
import { Refused } from "./refused";
import { refusal } from "../refusal";

const DATABASE = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN";
const CERTIFICATE = "AIRFLOW_DATABASE_CERTIFICATE";
const LOG_FOLDER = "AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER";
const LOG_CONNECTION = "AIRFLOW_CONN_S3LOGS";

/** A bucket, or a folder in it, and who may write there. */
export interface LogTarget {
  readonly location: string;
  readonly endpoint: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** An environment as a stack's state describes it. */
export interface DeployedEnvironment {
  readonly stack: string;
  readonly deployed: DeployedDatabase;
  /** The database's address for everybody whom it lets in, as `host:port`; empty if it has none. */
  readonly publicEndpoint: string;
  /** Reference of the webserver's image. */
  readonly image: string;
  /** The variables of the webserver's container, secret ones too. */
  readonly variables: Values;
}

/** An environment into which something is moved. */
export class Target {
  readonly deployed: DeployedDatabase;
  readonly image: string;

  constructor(private readonly environment: DeployedEnvironment) {
    this.deployed = environment.deployed;
    this.image = environment.image;
  }

  /** @throws when the stack has not been deployed. */
  static async of(stack: string, folder: string): Promise<Target> {
    const deployed = await deployedDatabase(stack, folder);
    const resources = await StackProject.of(folder, stack).resources();
    return new Target({ stack, deployed, ...webserver(stack, resources) });
  }

  /** How a database of the instance is reached from here. @throws when nobody lets us in. */
  address(database: string): DatabaseAddress {
    const { publicEndpoint, stack, variables } = this.environment;
    if (publicEndpoint === "") throw new Refused([unreachable(stack)]);
    const [host, port] = publicEndpoint.split(":") as [string, string];
    const certificate = variables[CERTIFICATE];
    return { ...parseAddress(variables[DATABASE]!), host, port, database, certificate };
  }

  /** The variables with which the webserver's image works on another database, and reads what other keys wrote. */
  variablesFor(database: string, formerKeys: readonly string[]): Values {
    const { variables } = this.environment;
    const { host, port } = this.address(database);
    const uri = Object.assign(new URL(variables[DATABASE]!), {
      host: `${host}:${port}`,
      pathname: `/${database}`,
    });
    const keys = [variables[FERNET_KEY], ...formerKeys].join(",");
    return { ...variables, [DATABASE]: uri.href, [FERNET_KEY]: keys };
  }

  /** Where the environment's logs are, and the key that it writes them with. */
  get logs(): LogTarget {
    const { variables } = this.environment;
    const { login, password, extra } = JSON.parse(variables[LOG_CONNECTION]!);
    return {
      location: variables[LOG_FOLDER]!,
      endpoint: extra.endpoint_url,
      region: extra.region_name,
      accessKey: login,
      secretKey: password,
    };
  }
}

function webserver(stack: string, resources: StateResource[]) {
  const container = resources.find(isWebserver);
  if (!container?.inputs) {
    throw new Refused([
      refusal`The stack ${stack} has no webserver; run pulumi up -s ${stack} first`,
    ]);
  }
  const { image, environmentVariables, secretEnvironmentVariables } = container.inputs;
  const environment = resources.find(({ type }) => type.endsWith(":index:AirflowEnvironment"));
  return {
    publicEndpoint: String(environment?.outputs?.databasePublicEndpoint ?? ""),
    image: String(image),
    variables: texts({ ...(environmentVariables ?? {}), ...(secretEnvironmentVariables ?? {}) }),
  };
}

/** The engine adds notes of its own to what it keeps. */
const texts = (values: object): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === "string"));

const isWebserver = ({ type, urn }: StateResource) =>
  type === "scaleway:containers/container:Container" && /webserver/.test(urn.split("::").pop()!);

const unreachable = (stack: string) =>
  refusal`The database is in a private network alone. Let yourself in for the time of the migration: pulumi config set -s ${stack} --path 'airflow:database.publicAccess[0]' <your IPv4 address>/32, then pulumi up -s ${stack}`;
