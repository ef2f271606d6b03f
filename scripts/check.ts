import { Command } from "commander";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { EnvironmentSettings } from "../components/checks/schema";
import { checkStackConfig } from "../components/checks/stackConfig";
import { monthlyCosts } from "./cost";
import prices from "./prices.json";

const root = join(__dirname, "..");
const command = new Command("npm run check --")
  .description("Checks a stack file, and says what the environment comes to and costs.")
  .option("-s, --stack <name>", "the stack", "preprod");

/** Checks a stack file and sums up the environment that it describes, without engine, Docker or credentials. */
function main(): void {
  const { stack } = command.parse().opts<{ stack: string }>();
  process.stdout.write(report(stack));
}

/** What a stack comes to and costs; throws all mistakes at once. */
export function report(stack: string): string {
  const { settings, mistakes, warnings } = checkStackConfig(stackConfig(stack), stack);
  if (warnings !== undefined) process.stderr.write(`Better changed:\n${warnings}\n`);
  if (settings === undefined) throw new Error(mistakes);
  return summary(stack, settings);
}

/** What the engine hands to the program: the project's defaults under the stack's own values, as text. */
export function stackConfig(stack: string): Record<string, string> {
  const project = Object.entries(readYaml("Pulumi.yaml")).map(([key, declared]) => {
    const { default: fallback, value = fallback } = declared as {
      default?: unknown;
      value?: unknown;
    };
    return [key, value];
  });
  const own = Object.entries(readYaml(`Pulumi.${stack}.yaml`));
  return Object.fromEntries(
    [...project, ...own].map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

function readYaml(file: string): Record<string, unknown> {
  const path = join(root, file);
  if (!existsSync(path)) {
    const stacks = readdirSync(root).flatMap(
      (name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? [],
    );
    throw new Error(`There is no ${file}; the stacks here are: ${stacks.join(", ")}`);
  }
  return (parse(readFileSync(path, "utf8")) as { config?: Record<string, unknown> }).config ?? {};
}

function summary(stack: string, settings: EnvironmentSettings): string {
  const items = monthlyCosts(settings, stack);
  const width = Math.max(...items.map(({ name }) => name.length));
  const lines = items.map(
    ({ name, size, monthly }) => `  ${euros(monthly)}  ${name.padEnd(width)}  ${size}`,
  );
  const known = items.reduce((sum, { monthly = 0 }) => sum + monthly, 0);
  const { highAvailability, backupRetention, publicAccess } = settings.database;
  const reach = publicAccess ? `public to ${publicAccess.join(", ")}` : "private";
  return [
    `${stack}: the configuration is right.`,
    ...lines,
    `  ${euros(known)}  a month in all, where the price is known`,
    `  database: ${highAvailability ? "two nodes" : "one node"}, ${reach}, daily snapshots kept ${backupRetention} day${backupRetention > 1 ? "s" : ""}`,
    `  ${settings.protect ? "protected: destroying it takes intent" : "not protected: destroy takes the logs along"}`,
    `  prices of ${prices.readOn}, their sources in scripts/prices.json`,
    "",
  ].join("\n");
}

function euros(amount?: number): string {
  return amount === undefined ? "   unknown" : `${amount.toFixed(2).padStart(8)} €`;
}

if (require.main === module) {
  try {
    main();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
