import type { Input } from "@pulumi/pulumi";
import { z } from "zod";
import type { AirflowObjects, DescribedVariable } from "../airflowObjects";
import { ColdStorageClass, DEFAULT_RETENTION } from "../logLifecycle";
import { isPlain, withReferences } from "../secretReference";
import { adopted } from "./adoptedSchema";
import { existing } from "./existingSchema";
import { text, wire } from "./texts";
import { parseDays, parseGigabytes, parseMegabytes, parseMillicpu, parseSeconds } from "./units";

/** A quantity as people write it, with or without a unit; `example` is one that can be typed. */
function quantity(
  what: string,
  parse: (written: string | number) => number | undefined,
  example: string,
) {
  return z
    .union([z.number(), z.string()], { error: `is not ${what}` })
    .transform((written, context) => {
      const parsed = parse(written);
      if (parsed !== undefined && parsed > 0) return parsed;
      context.addIssue({ code: "custom", message: `is not ${what}`, params: { fix: example } });
      return z.NEVER;
    });
}

const cpu = quantity(
  "an amount of CPU; allowed: 70 to 6000 mvCPU, such as 1000, 1000m or 1 vCPU",
  parseMillicpu,
  "1 vCPU",
).describe("Computing power, in mvCPU (thousandths of a virtual CPU) or with a unit: 1000, 1 vCPU");

const memory = quantity(
  "an amount of memory; allowed: 128 to 12288 MB, such as 4096, 4GB or 4Gi",
  parseMegabytes,
  "4Gi",
).describe("Memory, in MB of 10^6 bytes or with a unit: 4096, 4GB, 4Gi");

const localStorage = quantity(
  "a size of a disk; allowed: up to 24000 MiB, such as 10000, 10GB or 10Gi",
  parseMegabytes,
  "10GB",
).describe("Disk, in MB of 10^6 bytes or with a unit: 10000, 10GB");

const flag = z.boolean({ error: "is neither true nor false" });

const requestTimeout = quantity(
  "a length of time; allowed: up to 60 minutes, such as 300, 300s or 5 minutes",
  parseSeconds,
  "300s",
).describe("How long a request may take, in seconds or with a unit: 300, 5 minutes");

const sizes = { cpu, memory, localStorage };
const notSizes = { error: "is not a list of settings such as cpu and memory" };

const webserver = z
  .strictObject(
    {
      cpu: cpu.default(1_000),
      memory: memory.default(2_048),
      localStorage: localStorage.default(1_000),
      requestTimeout: requestTimeout.default(300),
    },
    notSizes,
  )
  .describe("The webserver's container");

const scheduler = z
  .strictObject(
    {
      cpu: cpu.default(2_000),
      memory: memory.default(4_096),
      localStorage: localStorage.default(10_000),
    },
    notSizes,
  )
  .describe("The scheduler's container, in which the tasks run");

const DAG_PROCESSOR = { cpu: 1_000, memory: 1_024, localStorage: 1_000 };

const dagProcessor = z
  .strictObject(sizes, notSizes)
  .partial()
  .describe(
    "With any size: the dag-processor gets a container of its own; else it is in the scheduler's",
  )
  .transform((written) =>
    Object.keys(written).length === 0 ? undefined : { ...DAG_PROCESSOR, ...written },
  );

/** `pulumi config set --path` stores `true` and `8` as such; other values, such as outputs, are left as they are. */
const plainValue = z
  .unknown()
  .transform(
    (value: unknown) =>
      (typeof value === "boolean" || Number.isSafeInteger(value)
        ? String(value)
        : value) as Input<string>,
  );

/** A secret, or where Secret Manager has it. */
const secretValue = z
  .unknown()
  .transform((value: unknown) => withReferences(value) as Input<string>);

function variablesByRole(value: typeof plainValue, what: string) {
  const variables = z.record(z.string(), value, { error: "is not a list of variables" }).optional();
  return z
    .strictObject(
      {
        all: variables.describe("For every container"),
        webserver: variables.describe("For the webserver"),
        scheduler: variables.describe("For the scheduler, in whose container the tasks run"),
        dagProcessor: variables.describe("For the dag-processor, if it has a container of its own"),
      },
      { error: "is not a list of variables by role" },
    )
    .describe(what);
}

/** A reference, or in a program the output that becomes one. */
const imageReference = z
  .unknown()
  .transform((value: unknown) => value as Input<string> | undefined)
  .optional();

const images = z
  .strictObject(
    {
      fromStack: text
        .optional()
        .describe("Stack of this project whose images are deployed, as they are: preprod"),
      webserver: imageReference.describe("The webserver's image, by reference with digest"),
      scheduler: imageReference.describe(
        "The image of the scheduler and of the dag-processor, by reference with digest",
      ),
    },
    { error: "is not a list of images" },
  )
  .describe(
    "Images that exist already, to deploy instead of building; one that is named here wins",
  );

const names = z
  .strictObject(
    {
      namespace: text.optional().describe("Container namespace; default <prefix>-<environment>"),
      registry: text
        .optional()
        .describe("Container registry namespace; default <prefix>-<environment>-airflow"),
      privateNetwork: text
        .optional()
        .describe("Private network; default <prefix>-<environment>-airflow"),
      database: text
        .optional()
        .describe("Database instance and database; default <prefix>-<environment>-airflow"),
      bucket: text.optional().describe("Log bucket; default <prefix>-<environment>-airflow"),
      webserver: text
        .optional()
        .describe("Webserver's container; default <prefix>-airflow-webserver"),
      scheduler: text
        .optional()
        .describe("Scheduler's container; default <prefix>-airflow-scheduler"),
      dagProcessor: text
        .optional()
        .describe("Dag-processor's container; default <prefix>-airflow-dag-processor"),
    },
    { error: "is not a list of names" },
  )
  .describe("Names that differ from the default");

const database = z
  .strictObject(
    {
      nodeType: text.default("DB-PLAY2-NANO").describe("Scaleway node type"),
      volumeSize: quantity(
        "a size of a volume; allowed: multiples of 5 GB, such as 10 or 10GB",
        parseGigabytes,
        "10GB",
      )
        .default(10)
        .describe("Size of the volume, in GB or with a unit, a multiple of 5; it can only grow"),
      highAvailability: flag
        .default(false)
        .describe("Two nodes instead of one; it cannot be turned off again"),
      backupRetention: quantity(
        "a number of days; allowed: 1 to 365, such as 7 or 7 days",
        parseDays,
        "7 days",
      )
        .default(7)
        .describe(
          "Days for which each daily snapshot, Scaleway's automatic backup, is kept in the database's region",
        ),
      publicAccess: z
        .array(text, { error: "is not a list of ranges of addresses" })
        .optional()
        .describe(
          "Ranges of IPv4 addresses, such as 203.0.113.7/32, that may reach the database through a public endpoint; without them there is none",
        ),
    },
    { error: "is not a list of settings such as nodeType and volumeSize" },
  )
  .describe("The PostgreSQL database");

const generation = z
  .int({ error: "is not a whole number; allowed: 1 to 99" })
  .min(1, { error: "is too small; allowed: 1 to 99" })
  .max(99, { error: "is too large; allowed: 1 to 99" })
  .default(1);

const rotation = z
  .strictObject(
    {
      all: generation.describe("All five secrets"),
      fernetKey: generation.describe("The key that encrypts connections and variables"),
      jwtSecret: generation.describe(
        "The keys that sign tokens and sessions; those of the generation before are accepted too",
      ),
      databasePassword: generation.describe("The passwords of the database's users"),
      adminPassword: generation.describe("The password of the first account"),
      logKey: generation.describe("The API key of the log bucket"),
    },
    { error: "is not a list of numbers by secret, such as fernetKey: 2" },
  )
  .describe("Raise a number by one and deploy to make a secret anew; a number only grows");

const version = z
  .string({ error: 'is not a version; allowed: a text such as "3.2.2"' })
  .regex(/^\d+\.\d+\.\d+$/, { error: 'is not a version; allowed: a text such as "3.2.2"' })
  .optional();

const downgrade = z
  .strictObject(
    {
      airflow: version.describe("Airflow's version to whose schema the database goes back"),
      fab: version.describe(
        "Version of apache-airflow-providers-fab to whose schema it goes back, where that differs",
      ),
      backup: text
        .optional()
        .describe("Id of a backup that `npm run backup` has made within a day, or none"),
    },
    { error: "is not a list of settings such as airflow and backup" },
  )
  .describe(
    "Stops Airflow and takes the database back to the schema of a former version, to be deployed next; `npm run back` sets it",
  )
  .transform((written) => (Object.keys(written).length === 0 ? undefined : written));

const description = text.optional().describe("For people who see it in the interface");

const connection = z
  .strictObject(
    {
      type: text.optional().describe("What it connects to: postgres, http, aws, …"),
      host: secretValue.optional().describe("Name or address of the server"),
      port: z.unknown().optional().describe("Its port, a whole number"),
      login: secretValue.optional().describe("User name"),
      password: secretValue
        .optional()
        .describe("Password; set it with `pulumi config set --secret --path`"),
      schema: secretValue.optional().describe("For databases, the name of the database"),
      extra: z
        .record(z.string(), z.unknown().transform(withReferences), {
          error: "is not a list of further settings of the connection",
        })
        .optional()
        .describe("What else this type of connection knows"),
      uri: secretValue.optional().describe("The whole connection in one address"),
      description,
    },
    { error: "is not a connection: settings such as type and host" },
  )
  .describe("Its parts, or a uri; any value may be { fromSecretManager: <name> }");

/** `{ value, description }`, or the value alone. */
const airflowVariable = z.unknown().transform((written: unknown): DescribedVariable => {
  const described =
    isPlain(written) &&
    "value" in written &&
    Object.keys(written).every((key) => key === "value" || key === "description");
  return withReferences(described ? written : { value: written }) as DescribedVariable;
});

const pool = z
  .strictObject(
    {
      slots: z
        .number({ error: "is not a number of slots; allowed: 0 and more, or -1 for any number" })
        .describe("How many tasks of the pool run at once; -1 for any number"),
      includeDeferred: flag.optional().describe("Whether deferred tasks count"),
      description,
    },
    { error: "is not a pool: settings such as slots" },
  )
  .describe("How many of its tasks may run at once");

function byName<S extends z.ZodType>(value: S, what: string, description: string) {
  return z
    .record(z.string(), value, { error: `is not a list of ${what} by name` })
    .describe(description)
    .prefault({});
}

const days = (example: string) =>
  quantity(`a number of days, such as ${example} or ${example} days`, parseDays, `${example} days`);

const coldStorage = z
  .strictObject(
    {
      after: days("30").describe("Age in days"),
      storageClass: z
        .enum(ColdStorageClass, { error: "is neither ONEZONE_IA nor GLACIER" })
        .describe("ONEZONE_IA, read at once, or GLACIER, read only after it has been restored"),
    },
    { error: "is not a list of settings such as after and storageClass" },
  )
  .describe("When logs move to a storage class that costs less; by default never");

const logKey = {
  accessKey: wire.describe("Access key"),
  secretKey: wire.describe("Secret key; set it with `pulumi config set --secret --path`"),
};
const notKey = { error: "is not a list of settings such as accessKey and secretKey" };

const logs = z
  .strictObject(
    {
      retention: z
        .union([z.literal("forever"), days("90")], {
          error: "is neither a number of days, such as 90 or 90 days, nor forever",
        })
        .default(DEFAULT_RETENTION)
        .describe("Days after which logs are deleted, or forever"),
      coldStorage: coldStorage.optional(),
      versioning: flag
        .default(false)
        .describe("Whether versions that were replaced or deleted stay for 7 days"),
      projectId: wire
        .optional()
        .describe("Project that holds the bucket; by default a new one for it alone"),
      key: z
        .strictObject(logKey, notKey)
        .optional()
        .describe("A key for object storage in that project; by default a new one"),
      existingBucket: z
        .strictObject(
          {
            endpoint: text.describe(
              "Address of the server: https://cellar-c2.services.clever-cloud.com",
            ),
            region: text.describe(
              "Region that requests are signed for; where the server has none, what it documents, such as us-east-1",
            ),
            name: text.describe("Name of the bucket"),
            ...logKey,
          },
          notKey,
        )
        .optional()
        .describe("A bucket that exists already, on any server that speaks S3"),
    },
    { error: "is not a list of settings such as retention and versioning" },
  )
  .describe("Where task logs are, and for how long");

/** The settings of an environment: their keys, types, descriptions and defaults, for stack files and arguments alike. */
export const environmentSchema = z.strictObject({
  prefix: text.describe("First part of the name of every resource"),
  names: names.prefault({}),
  existing: existing.prefault({}),
  adopted: adopted.prefault({}),
  context: text
    .default("airflow")
    .describe("Folder with the Dockerfiles and the DAGs, relative to the Pulumi project"),
  baseImage: text
    .default("apache/airflow:slim-3.3.2-python3.12")
    .describe("Image to build on; by default Airflow's official slim image"),
  images: images.prefault({}),
  webserver: webserver.prefault({}),
  scheduler: scheduler.prefault({}),
  dagProcessor: dagProcessor.prefault({}),
  database: database.prefault({}),
  logs: logs.prefault({}),
  adminUsername: text.default("admin").describe("User name of the first account of the interface"),
  rotation: rotation.prefault({}),
  downgrade: downgrade.prefault({}),
  variables: variablesByRole(plainValue, "Environment variables of your own").prefault({}),
  secretVariables: variablesByRole(
    secretValue,
    "Environment variables of your own that nobody may read; set them with `pulumi config set --secret --path`",
  ).prefault({}),
  connections: byName(
    connection,
    "connections",
    "Airflow's connections, brought into its database by each deployment; set secrets with `pulumi config set --secret --path`",
  ).transform((connections) => connections as AirflowObjects["connections"]),
  airflowVariables: byName(
    airflowVariable,
    "variables",
    "Airflow's variables, brought into its database: text, JSON, or { value, description }",
  ),
  pools: byName(pool, "pools", "Airflow's pools, brought into its database"),
  protect: flag
    .default(true)
    .describe(
      "Whether database, log bucket and containers refuse to be destroyed; if not, the logs go with the bucket",
    ),
});

/** Settings with every default filled in and every quantity in Scaleway's unit. */
export type EnvironmentSettings = z.output<typeof environmentSchema>;
