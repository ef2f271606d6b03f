import { airflowVariables, AirflowWiring, Variables } from "../../variables/airflowVariables";
import { connectionPool } from "../../variables/databaseConnections";
import { AirflowRole } from "../../roles";
import { EnvironmentSettings } from "../schema";

/** The key that encrypts connections in the database. */
export const FERNET_KEY = "AIRFLOW__CORE__FERNET_KEY";

/** Stands for what exists only once it is deployed. */
const LATER = "";

const wiring: AirflowWiring<string> = {
  databaseUri: LATER,
  formerDatabasePasswords: LATER,
  databaseCertificate: LATER,
  fernetKey: LATER,
  jwtSecret: LATER,
  jwtKeyId: LATER,
  formerJwtSecret: LATER,
  apiSecretKey: LATER,
  logConnection: LATER,
  remoteLogFolder: LATER,
  executionApiUrl: LATER,
};

/** The variables that the library gives to a role by itself. Of most values only the name is known beforehand. */
export function generatedVariables(
  role: AirflowRole,
  settings: EnvironmentSettings,
): Variables<string> {
  const size = settings[role] ?? settings.scheduler;
  const admin = { username: settings.adminUsername, password: LATER };
  const pool = connectionPool(role, settings);
  return airflowVariables({ role, size, wiring, admin, pool, objects: LATER });
}
