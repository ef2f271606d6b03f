import { checkEnvironment } from "../../components/checks/checkEnvironment";
import { generatedVariables } from "../../components/checks/rules/generated";
import type { AirflowRole } from "../../components/roles";
import { isHashOf } from "./hash";
import { CONNECTION, GivenSecrets } from "./secretsFile";
import { Refusal, refusal } from "../refusal";

type Values = Readonly<Record<string, string>>;

/** The variables of one container: secret ones as hashes. */
export interface DeployedVariables {
  readonly plain: Values;
  readonly hashes: Values;
}

/** The variables of each container that there is. */
export type ByRole = Readonly<Partial<Record<AirflowRole, DeployedVariables>>>;

/** Variables for the settings, by scope. */
export type ByScope = Record<string, Record<string, string>>;

const FERNET_KEY = "AIRFLOW__CORE__FERNET_KEY";
const JWT_SECRET = "AIRFLOW__API_AUTH__JWT_SECRET";
const API_SECRET_KEY = "AIRFLOW__API__SECRET_KEY";
const TAKEN = [FERNET_KEY, JWT_SECRET, API_SECRET_KEY, CONNECTION];
const LOG_FOLDER = "AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER";

/** What the program derives for its containers by itself. */
export const derived: ReadonlySet<string> = new Set(
  (["webserver", "scheduler", "dagProcessor"] as const).flatMap((role) => {
    const input = { prefix: "any", dagProcessor: { cpu: 1_000 } };
    const { plain, secret } = generatedVariables(role, checkEnvironment(input, "any").settings!);
    return [...Object.keys(plain), ...Object.keys(secret)];
  }),
);

/** Whether a variable is kept as one of the user's own. */
const isOwn = (name: string, value: string | undefined, bucket: string) =>
  !derived.has(name) || (name === LOG_FOLDER && value?.startsWith(`s3://${bucket}/`) === true);

/** The user's own variables by scope: what all containers have alike is for all. */
export function ownVariables(
  deployed: ByRole,
  given: GivenSecrets,
  bucket: string,
): { plain: ByScope; secret: ByScope } {
  const roles = Object.entries(deployed) as [AirflowRole, DeployedVariables][];
  const plain = roles.map(([role, { plain }]) => [
    role,
    pick(plain, (name, value) => isOwn(name, value, bucket)),
  ]);
  const secret = roles.map(([role, { hashes }]) => [
    role,
    Object.fromEntries(
      Object.keys(hashes).flatMap((name) => {
        const value = given.of(name, role);
        return value === undefined || !isOwn(name, value, bucket) ? [] : [[name, value]];
      }),
    ),
  ]);
  return { plain: byScope(plain), secret: byScope(secret) };
}

const pick = (values: Values, wanted: (name: string, value: string) => boolean) =>
  Object.fromEntries(Object.entries(values).filter(([name, value]) => wanted(name, value)));

function byScope(roles: (string | Values)[][]): ByScope {
  const [[, first = {}] = []] = roles as [string, Record<string, string>][];
  const shared = pick(first as Values, (name, value) =>
    roles.every(([, values]) => (values as Values)[name] === value),
  );
  const own = roles.map(([role, values]) => [
    role,
    pick(values as Values, (name) => !Object.hasOwn(shared, name)),
  ]);
  const scopes = [["all", shared], ...own] as [string, Record<string, string>][];
  return Object.fromEntries(scopes.filter(([, values]) => Object.keys(values).length > 0));
}

/** The secrets that Airflow itself has, which the environment brings along; an empty one is none. */
export function broughtAlong(deployed: ByRole, given: GivenSecrets) {
  const known = (name: string) =>
    given.of(name) || deployed.scheduler?.plain[name] || deployed.webserver?.plain[name];
  const secrets = {
    fernetKey: known(FERNET_KEY),
    jwtSecret: known(JWT_SECRET),
    apiSecretKey: known(API_SECRET_KEY),
  };
  return Object.fromEntries(
    Object.entries(secrets).flatMap(([key, value]) => (value ? [[key, value]] : [])),
  );
}

/** What is wrong with the secrets that were given: those that lack, and those that are not the deployed ones. */
export async function secretProblems(
  deployed: ByRole,
  given: GivenSecrets,
  passwordIsKnown: boolean,
): Promise<Refusal[]> {
  const lacking: string[] = [];
  const problems: Refusal[] = [];
  for (const [role, { hashes }] of Object.entries(deployed) as [AirflowRole, DeployedVariables][]) {
    for (const [name, hash] of Object.entries(hashes)) {
      const value = given.of(name, role);
      const isNeeded = TAKEN.includes(name)
        ? name !== CONNECTION || !passwordIsKnown
        : !derived.has(name);
      if (value === undefined) {
        if (isNeeded) lacking.push(`${role}.${name}`);
      } else if ((await isHashOf(hash, value)) === false) {
        problems.push(
          refusal`The value that was given for ${name} is not the one that the ${role}'s container has. Give that one, if need be as ${role}.${name}=…`,
        );
      }
    }
  }
  if (lacking.length === 0) return problems;
  return [
    ...problems,
    refusal`Of these secret variables nobody can read the values: ${shortened(lacking).join(", ")}. Give them in a file of NAME=value lines, which nobody else may read: --secrets <file>`,
  ];
}

/** A name alone stands for what every container lacks. */
function shortened(lacking: string[]): string[] {
  const names = lacking.map((each) => each.slice(each.indexOf(".") + 1));
  return [...new Set(names)].sort();
}
