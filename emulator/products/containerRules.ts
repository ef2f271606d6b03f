import { z } from "zod";
import { duration, tags, variables } from "../api/body";
import { type ArgumentProblem, invalidArguments } from "../api/errors";

const longestKey = 100;
const longestValue = 65_536;
const reservedPorts = [8008, 8012, 8013, 8022, 9090, 9091];

const probe = z
  .object({
    failure_threshold: z.int().min(1).default(30),
    interval: duration.default("10s"),
    timeout: duration.default("1s"),
    http: z.object({ path: z.string().startsWith("/") }).nullish(),
    tcp: z.object({}).nullish(),
  })
  .refine(({ http, tcp }) => !http !== !tcp, "give exactly one of http and tcp")
  .transform(({ failure_threshold, interval, timeout, http }) => {
    const timing = { failure_threshold, interval, timeout };
    return http ? { ...timing, http } : { ...timing, tcp: {} };
  });

const scalingOption = z
  .object({
    concurrent_requests_threshold: z.int().min(1).max(80).optional(),
    cpu_usage_threshold: z.int().min(1).max(100).optional(),
    memory_usage_threshold: z.int().min(1).max(100).optional(),
  })
  .transform((option) => JSON.parse(JSON.stringify(option)) as Record<string, number>);

/** What a PATCH of a container may hold. */
export const containerChanges = z.object({
  environment_variables: variables.optional(),
  secret_environment_variables: variables.optional(),
  min_scale: z.int().min(0).max(50).optional(),
  max_scale: z.int().min(1).max(50).optional(),
  // The documentation says 12228 MB, but containers of 12288 MB run in production.
  memory_limit_bytes: z.int().min(128e6).max(12_288e6).optional(),
  mvcpu_limit: z.int().min(70).max(6000).optional(),
  timeout: duration.optional(),
  privacy: z.enum(["public", "private"]).optional(),
  description: z.string().optional(),
  image: z.string().min(1).optional(),
  protocol: z.enum(["http1", "h2c"]).optional(),
  port: z
    .int()
    .min(1)
    .max(65_535)
    .refine((port) => !reservedPorts.includes(port), "is reserved by the platform")
    .optional(),
  https_connection_only: z.boolean().optional(),
  sandbox: z.enum(["v1", "v2"]).optional(),
  local_storage_limit_bytes: z.int().min(1).optional(),
  scaling_option: scalingOption.optional(),
  liveness_probe: probe.optional(),
  startup_probe: probe.optional(),
  tags: tags.optional(),
  private_network_id: z.string().optional(),
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).optional(),
});

/** What the creation of a container may hold. The key about HTTPS has another name than in a PATCH. */
export const newContainer = containerChanges.omit({ https_connection_only: true }).extend({
  namespace_id: z.string(),
  name: z
    .string()
    .max(34)
    .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, "only lower-case letters, digits and hyphens"),
  image: z.string().min(1),
  https_connections_only: z.boolean().optional(),
});

interface Variables {
  environment_variables?: Record<string, string>;
  secret_environment_variables?: Record<string, string>;
}

/** Refuses variables that the platform would not take. */
export function checkVariables(fields: Variables): void {
  const problems = (["environment_variables", "secret_environment_variables"] as const).flatMap(
    (argument) =>
      Object.entries(fields[argument] ?? {}).flatMap(([key, value]) =>
        variableProblems(argument, key, value),
      ),
  );
  if (problems.length > 0) throw invalidArguments(problems);
}

function variableProblems(argument: string, key: string, value: string): ArgumentProblem[] {
  const rules: [broken: boolean, help: string][] = [
    [key.length === 0 || key.length > longestKey, `name must have 1 to ${longestKey} characters`],
    [key === "PORT" || key.startsWith("SCW_"), "name is reserved by the platform"],
    [value.length > longestValue, `value must have at most ${longestValue} characters`],
  ];
  return rules
    .filter(([broken]) => broken)
    .map(([, help_message]) => ({
      argument_name: `${argument}.${key}`,
      reason: "constraint",
      help_message,
    }));
}

/** Refuses scaling by processor or memory for a container that may scale to zero. */
export function checkScaling(container: {
  min_scale: number;
  max_scale: number;
  scaling_option: Record<string, number>;
}): void {
  const byUsage = !("concurrent_requests_threshold" in container.scaling_option);
  if (byUsage && container.min_scale < 1) {
    throw invalidArguments([
      {
        argument_name: "min_scale",
        reason: "constraint",
        help_message: "must be at least 1 to scale by processor or memory usage",
      },
    ]);
  }
  if (container.max_scale < container.min_scale) {
    throw invalidArguments([
      {
        argument_name: "max_scale",
        reason: "constraint",
        help_message: "must not be below min_scale",
      },
    ]);
  }
}
