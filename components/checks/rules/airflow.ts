import { Finding } from "../problem";
import { parallelism } from "../../variables/airflowVariables";
import { AirflowRole, roleDefinitions } from "../../roles";
import { EnvironmentSettings } from "../schema";
import { FERNET_KEY, generatedVariables } from "./generated";
import { checkEncoded } from "./limits/variables";
import { problems, Rule } from "./rule";
import { deployedRoles, WrittenVariable, writtenVariables } from "./written";

const FERNET_KEY_BYTES = 32;
const PARALLELISM = "AIRFLOW__CORE__PARALLELISM";
const JWT_LEEWAY = "AIRFLOW__API_AUTH__JWT_LEEWAY";
const DATABASE_ADDRESS = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN";
const CONNECTION = /^AIRFLOW_CONN_/;

/** Without a proper key Airflow keeps connections in clear text, or does not start. */
const fernetKey: Rule = {
  id: "A1",
  check: (settings) =>
    textsOf(settings, (name) => name === FERNET_KEY)
      .filter(({ kind }) => kind === "secretVariables")
      .flatMap(({ path, value }) => problems(fernetKey.id, path, [fernetFinding(value)])),
};

function fernetFinding(value: string): Finding | undefined {
  const isKey = (key: string) =>
    /^[-\w]+=*$/.test(key) && Buffer.from(key, "base64url").length === FERNET_KEY_BYTES;
  if (value.split(",").every((key) => isKey(key.trim()))) return undefined;
  return {
    message:
      "is not a Fernet key: 32 random bytes in URL-safe base64 (44 characters), or several of them, the newest first, " +
      "with commas between; leave it out to have one generated",
  };
}

/** What one container signs or encrypts, the others must be able to read. */
const sharedSecrets: Rule = {
  id: "A2",
  check: (settings) => {
    const roles = deployedRoles(settings);
    const shared = Object.keys(generatedVariables("webserver", settings).secret).filter(
      (name) => name.startsWith("AIRFLOW__") && isUneven(name, roles, settings),
    );
    return writtenVariables(settings)
      .filter(({ kind, scope, name }) => {
        return kind === "secretVariables" && scope !== "all" && shared.includes(name);
      })
      .flatMap(({ name, path }) => problems(sharedSecrets.id, path, [unevenFinding(name)]));
  },
};

function isUneven(name: string, roles: AirflowRole[], settings: EnvironmentSettings): boolean {
  const { secretVariables } = settings;
  const values = roles.map(
    (role): unknown => secretVariables[role]?.[name] ?? secretVariables.all?.[name],
  );
  return new Set(values).size > 1;
}

function unevenFinding(name: string): Finding {
  return {
    message:
      "every container must have the same value, or what one writes the others cannot read; set it once for all",
    fix: `secretVariables.all.${name}`,
  };
}

/** Each running task takes memory. */
const tasksAtOnce: Rule = {
  id: "A6",
  check: (settings) => {
    const { memory } = settings.scheduler;
    const fits = parallelism({ cpu: Infinity, memory });
    if (fits === parallelism({ cpu: Infinity, memory: Infinity })) return [];
    return textsOf(settings, (name) => name === PARALLELISM)
      .filter(({ scope, value }) => reaches("scheduler", scope) && Number(value) > fits)
      .flatMap(({ path, value }) =>
        problems(
          tasksAtOnce.id,
          path,
          [
            {
              message: `${value} tasks at once do not fit in the scheduler's ${memory} MB of memory, but ${fits} do; leave it out to have it sized`,
              fix: JSON.stringify(String(fits)),
            },
          ],
          "warning",
        ),
      );
  },
};

/** The clocks of containers that run tasks drift. */
const clockLeeway: Rule = {
  id: "C11",
  check: (settings) => {
    const least = generatedVariables("scheduler", settings).plain[JWT_LEEWAY];
    const drifting = deployedRoles(settings).filter(
      (role) => roleDefinitions[role].sandbox === "v1",
    );
    return textsOf(settings, (name) => name === JWT_LEEWAY)
      .filter(({ value }) => drifting.length > 0 && Number(value) < Number(least))
      .flatMap(({ path, value }) =>
        problems(
          clockLeeway.id,
          path,
          [
            {
              message: `${value} seconds are too few: clocks at Scaleway drift by about two seconds a day, and Airflow refuses the tokens of a clock that is off by more than this`,
              fix: JSON.stringify(least),
            },
          ],
          "warning",
        ),
      );
  },
};

/** A special character in a password ends the password, unless it is encoded. */
const encodedPasswords: Rule = {
  id: "D5",
  check: (settings) =>
    textsOf(settings, (name) => name === DATABASE_ADDRESS || CONNECTION.test(name)).flatMap(
      ({ path, value }) => problems(encodedPasswords.id, path, [checkEncoded(value)]),
    ),
};

function reaches(role: AirflowRole, scope: WrittenVariable["scope"]): boolean {
  return scope === "all" || scope === role;
}

function textsOf(
  settings: EnvironmentSettings,
  isMeant: (name: string) => boolean,
): (WrittenVariable & { value: string })[] {
  return writtenVariables(settings).filter(
    (variable): variable is WrittenVariable & { value: string } =>
      isMeant(variable.name) && typeof variable.value === "string",
  );
}

/** What the settings say about Airflow's own settings. */
export const airflowRules: readonly Rule[] = [
  fernetKey,
  sharedSecrets,
  tasksAtOnce,
  clockLeeway,
  encodedPasswords,
];
