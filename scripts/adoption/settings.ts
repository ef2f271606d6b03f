import { checkEnvironment } from "../../components/checks/checkEnvironment";
import { describeProblems, propertyPath } from "../../components/checks/describeProblems";
import { Problem } from "../../components/checks/problem";
import { resourceNames } from "../../components/names";
import { AirflowRole } from "../../components/roles";
import { Refused } from "./found";
import { Mapping, registryOf } from "./mapping";
import { Place, PlaceName, places } from "./places";
import { GivenSecrets } from "./secretsFile";
import { broughtAlong, ByRole, ByScope, ownVariables, secretProblems } from "./variables";
import { Refusal, refusal } from "../refusal";

/** The properties of what was imported, by place, as the provider has read them. */
export type Imported = Readonly<Partial<Record<PlaceName, Readonly<Record<string, any>>>>>; // eslint-disable-line @typescript-eslint/no-explicit-any

/** Settings that keep what an environment is like. */
export interface AdoptedSettings {
  /** By key, without `airflow:`; all of it may be read by everybody. */
  readonly plain: Record<string, unknown>;
  /** The value of each secret, by the keys that lead to it. */
  readonly secret: readonly (readonly [path: string[], value: string])[];
  /** What is not kept, and why. */
  readonly notes: readonly string[];
}

/** What the settings are derived from. */
export interface Adoption {
  readonly stack: string;
  readonly prefix: string;
  readonly mapping: Mapping;
  readonly imported: Imported;
  readonly given: GivenSecrets;
}

/** Derives the settings. @throws `Refused` with everything that stands in the way. */
export async function adoptedSettings(adoption: Adoption): Promise<AdoptedSettings> {
  const { mapping, imported, given, stack, prefix } = adoption;
  const database = mapping.instance && adoptedDatabase(adoption);
  const deployed = deployedVariables(imported);
  const refusals = [
    ...engineProblems(imported),
    ...(await secretProblems(deployed, given, database?.password !== undefined)),
    ...(database && database.password === undefined ? [NO_PASSWORD] : []),
  ];
  if (refusals.length > 0) throw new Refused(refusals);
  const bucket = mapping.bucket?.name ?? "";
  const { plain, secret } = ownVariables(deployed, given, bucket);
  const whole = {
    prefix,
    names: differingNames(adoption),
    ...sizes(imported),
    existing: usedAsItIs(adoption),
    database: databaseSettings(adoption),
    logs: logSettings(imported),
    protect: true,
    variables: plain,
    secretVariables: secret,
    adopted: { ...broughtAlong(deployed, given), database },
  };
  const notes = dropRefused(whole, stack);
  return { ...split(whole), notes: [...notes, ...remarks(adoption)] };
}

const NO_PASSWORD = refusal`The password of Airflow's user of the database is not known. Give AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=postgresql://user:password@host:port/database in the file of --secrets.`;

function adoptedDatabase({ mapping, imported, given }: Adoption) {
  const { instance = {} } = imported;
  const { connection } = given;
  const administrator = String(instance.userName ?? mapping.instance?.user);
  const username = connection?.userName ?? mapping.user?.name ?? administrator;
  const password =
    connection?.password ?? (username === administrator ? mapping.instance?.password : undefined);
  return {
    name: mapping.database!.name,
    username,
    password,
    administrator,
    ...(username !== administrator && { administratorPassword: mapping.instance?.password }),
    volumeType: instance.volumeType === "sbs_15k" ? "sbs_15k" : "sbs_5k",
  };
}

const ENGINE = "PostgreSQL-16";

function engineProblems({ instance }: Imported): Refusal[] {
  if (!instance || String(instance.engine).toLowerCase() === ENGINE.toLowerCase()) return [];
  return [
    refusal`The database runs ${instance.engine}, the environment ${ENGINE}. Upgrade it first, in Scaleway's console (Databases, Upgrade), on a quiet afternoon of its own.`,
  ];
}

const roles = Object.values(AirflowRole);

/** A namespace's variables reach every container in it. */
function deployedVariables(imported: Imported): ByRole {
  const { namespace = {} } = imported;
  return Object.fromEntries(
    roles.flatMap((role) => {
      const container = imported[role];
      if (!container) return [];
      const plain = { ...namespace.environmentVariables, ...container.environmentVariables };
      const hashes = {
        ...namespace.secretEnvironmentVariables,
        ...container.secretEnvironmentVariables,
      };
      return [[role, { plain, hashes }]];
    }),
  );
}

function differingNames({ mapping, prefix, stack }: Adoption): Record<string, string> {
  const expected = resourceNames(prefix, stack);
  return Object.fromEntries(
    Object.entries(mapping).flatMap(([place, { name }]) => {
      const { named }: Place = places[place as PlaceName];
      return named && expected[named] !== name ? [[named, name]] : [];
    }),
  );
}

const MEGA = 1_000_000;

function sizes(imported: Imported): Record<string, object> {
  const sized = roles.flatMap((role) => {
    const container = imported[role];
    if (!container) return [];
    const { cpuLimit: cpu, memoryLimitBytes, localStorageLimitBytes, timeout } = container;
    const size = {
      cpu,
      memory: memoryLimitBytes / MEGA,
      localStorage: localStorageLimitBytes / MEGA,
      ...(role === "webserver" && { requestTimeout: timeout }),
    };
    return [[role, size] as const];
  });
  return Object.fromEntries(sized);
}

/** A network that the containers are in although nothing here manages it. */
function usedAsItIs({ mapping, imported }: Adoption): Record<string, string> {
  const { instance, scheduler } = imported;
  const joined = instance?.privateNetwork?.pnId ?? scheduler?.privateNetworkId;
  return mapping.network || !joined ? {} : { privateNetworkId: String(joined) };
}

function databaseSettings({ mapping, imported: { instance } }: Adoption) {
  return (
    instance && {
      nodeType: String(instance.nodeType).toUpperCase(),
      volumeSize: instance.volumeSizeInGb,
      highAvailability: instance.isHaCluster ?? false,
      backupRetention: instance.backupScheduleRetention || undefined,
      publicAccess: mapping.allowList?.ranges,
    }
  );
}

/** Logs stay as long as they did: nothing that is in the bucket goes because it was taken over. */
function logSettings({ bucket }: Imported) {
  if (!bucket) return undefined;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const ages = (bucket.lifecycleRules ?? []).flatMap((rule: any) =>
    rule.enabled && !rule.prefix && !rule.tags && rule.expiration?.days
      ? [rule.expiration.days]
      : [],
  );
  return {
    projectId: bucket.projectId,
    retention: ages.length > 0 ? Math.min(...ages) : "forever",
  };
}

type Whole = { variables: ByScope; secretVariables: ByScope } & Record<string, unknown>;

/** Takes out variables that no container could have, or that Airflow would ignore; says which and why. */
function dropRefused(whole: Whole, stack: string): string[] {
  const { problems } = checkEnvironment(clean(whole) as object, stack);
  const errors = problems.filter(({ severity }) => severity === "error");
  const dropped = errors.filter(isAboutVariable);
  if (dropped.length < errors.length) throw new Refused([mistakes(errors)]);
  for (const { path, rule } of problems.filter(isAboutVariable)) {
    const [kind, scope, name] = path as ["variables" | "secretVariables", string, string];
    const { [name]: value, ...others } = whole[kind][scope] ?? {};
    const isOpenSecret = rule === "P1";
    const isDropped = dropped.some((each) => each.path === path);
    if (!isDropped && !isOpenSecret) continue;
    whole[kind][scope] = others;
    if (isOpenSecret && value !== undefined) (whole.secretVariables[scope] ??= {})[name] = value;
  }
  const notes = dropped.map(({ path, message }) => `${propertyPath(path)} is left out: ${message}`);
  return dropped.length > 0 ? [...notes, ...dropRefused(whole, stack)] : [];
}

const isAboutVariable = ({ path }: Problem) =>
  path.length === 3 && (path[0] === "variables" || path[0] === "secretVariables");

const mistakes = (errors: Problem[]) =>
  refusal`The environment is one that these components do not make:\n${describeProblems(errors, (path) => `airflow:${propertyPath(path)}`)}`;

/** A copy without what is undefined or empty. */
function clean(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, clean(inner)] as const)
      .filter(([, inner]) => inner !== undefined && !isEmpty(inner)),
  );
}

const isEmpty = (value: unknown) =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;

const SECRETS =
  /^(secretVariables\..*|adopted\.(database\.(password|administratorPassword)|fernetKey|jwtSecret|apiSecretKey))$/s;

/** The secret settings apart from all others. */
function split(whole: object): Pick<AdoptedSettings, "plain" | "secret"> {
  const secret: [string[], string][] = [];
  const open = (value: unknown, path: string[]): unknown => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      if (!SECRETS.test(path.join("."))) return value;
      secret.push([path, String(value)]);
      return undefined;
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, open(inner, [...path, key])]),
    );
  };
  return { plain: clean(open(clean(whole), [])) as Record<string, unknown>, secret };
}

/** What stays as it is although one may not expect it, and what is made anew. */
function remarks({ mapping, imported }: Adoption): string[] {
  const { instance, bucket } = imported;
  const registry = registryOf(mapping.scheduler);
  return [
    ...(instance?.loadBalancer && !mapping.allowList
      ? [
          "The database keeps its public endpoint, open to every address. Say whom it lets in: airflow:database.publicAccess",
        ]
      : []),
    ...(bucket?.versioning?.enabled
      ? ["The bucket stops making versions; those that there are stay."]
      : []),
    ...(registry && !mapping.registry
      ? [
          `Images come from a registry of their own, no longer from ${registry}. To go on with that: pulumi config set --path airflow:existing.registryEndpoint ${registry}`,
        ]
      : []),
  ];
}
