import { checkEnvironment } from "./checkEnvironment";
import { describeProblems, propertyPath } from "./describeProblems";
import { Problem } from "./problem";
import { environmentSchema, EnvironmentSettings } from "./schema";

const NAMESPACE = "airflow:";

/** What a stack's configuration comes to. There are settings, or there is a message with every mistake in it. */
export interface CheckedConfig {
  readonly settings?: EnvironmentSettings;
  /** Every mistake, under its key, with what to type. */
  readonly mistakes?: string;
  /** What is accepted but better changed; one line each, if any. */
  readonly warnings?: string;
}

/** Checks a stack's configuration, given as Pulumi gives it to a program: text by full key. */
export function checkStackConfig(config: Record<string, string>, stack: string): CheckedConfig {
  const { settings, problems } = checkEnvironment(writtenSettings(config), stack);
  const errors = problems.filter(({ severity }) => severity === "error");
  const warnings = problems.filter(({ severity }) => severity === "warning");
  return {
    settings,
    mistakes: settings === undefined ? mistakes(errors) : undefined,
    warnings: warnings.length === 0 ? undefined : describeProblems(warnings, configKey),
  };
}

function mistakes(errors: Problem[]): string {
  const count = `${errors.length} mistake${errors.length > 1 ? "s" : ""}`;
  return `The stack's configuration has ${count}:\n${describeProblems(errors, configKey)}`;
}

/** The key of a setting as it is written in a stack file and on the command line. */
export function configKey(path: Problem["path"]): string {
  if (path[0] === "environment") return "the name of the stack";
  return NAMESPACE + propertyPath(path);
}

function writtenSettings(config: Record<string, string>): Record<string, unknown> {
  const own = Object.entries(config)
    .filter(([key]) => key.startsWith(NAMESPACE))
    .map(([key, text]) => [key.slice(NAMESPACE.length), text] as const);
  const keys = own.filter(([key]) => !key.startsWith(ROTATION));
  const written = Object.fromEntries(keys.map(([key, text]) => [key, decode(key, text)]));
  return own
    .filter(([key]) => key.startsWith(ROTATION))
    .reduce(
      (settings, [key, text]) => withGeneration(settings, key.slice(ROTATION.length), text),
      written,
    );
}

const ROTATION = "rotation.";

/**
 * `config set airflow:rotation.fernetKey 2`, typed without `--path`, makes a key of its own, beside `airflow:rotation`.
 * As generations only grow, the higher number counts.
 */
function withGeneration(
  written: Record<string, unknown>,
  secret: string,
  text: string,
): Record<string, unknown> {
  const { rotation = {} } = written;
  if (typeof rotation !== "object" || rotation === null) return written;
  const inside: unknown = (rotation as Record<string, unknown>)[secret];
  const number = decode(secret, text);
  const lower = typeof inside === "number" && typeof number === "number" && number < inside;
  return lower ? written : { ...written, rotation: { ...rotation, [secret]: number } };
}

/** Pulumi hands everything to the program as text: what is no text by the schema is JSON. */
function decode(key: string, text: string): unknown {
  const schema = environmentSchema.shape[key as keyof typeof environmentSchema.shape];
  if (schema?.safeParse(text).success) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
