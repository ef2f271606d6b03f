import * as pulumi from "@pulumi/pulumi";
import { Problem } from "../../../../components/checks/problem";

/** Settings, besides a prefix, that break one rule at one place, and settings close to them that break none. */
export interface Fixture {
  readonly id: string;
  readonly says: string;
  readonly bad: object;
  readonly path: Problem["path"];
  readonly fix?: string;
  readonly severity?: Problem["severity"];
  readonly good: object;
  /** The name of the environment, where it matters; by default `preprod`. */
  readonly environment?: string;
  /** Another name of the environment for the bad settings. */
  readonly badEnvironment?: string;
}

const key = (byte: number) => Buffer.alloc(32, byte).toString("base64url") + "=";
const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`VARIABLE_${index}`, "x"]));
const plain = (all: object) => ({ variables: { all } });
const secret = (all: object) => ({ secretVariables: { all } });

const sizes: Fixture[] = [
  {
    id: "C10",
    says: "less CPU than there is",
    bad: { webserver: { cpu: 60, memory: 128 } },
    path: ["webserver", "cpu"],
    fix: "70",
    good: { webserver: { cpu: 70, memory: 128 } },
  },
  {
    id: "C10",
    says: "more memory than there is",
    bad: { scheduler: { cpu: 4_000, memory: 16_384 } },
    path: ["scheduler", "memory"],
    fix: "12288",
    good: { scheduler: { cpu: 4_000, memory: 12_288 } },
  },
  {
    id: "C10",
    says: "too much memory for the CPU",
    bad: { scheduler: { cpu: 500, memory: 4_096 } },
    path: ["scheduler", "memory"],
    fix: "2000",
    good: { scheduler: { cpu: 1_024, memory: 4_096 } },
  },
  {
    id: "C10",
    says: "too little memory for the CPU",
    bad: { dagProcessor: { cpu: 2_000, memory: 1_024 } },
    path: ["dagProcessor", "memory"],
    fix: "2000",
    good: { dagProcessor: { cpu: 1_000, memory: 1_024 } },
  },
  {
    id: "L1",
    says: "requests that end too soon",
    bad: { webserver: { requestTimeout: "5s" } },
    path: ["webserver", "requestTimeout"],
    fix: "10",
    good: { webserver: { requestTimeout: "10s" } },
  },
  {
    id: "L1",
    says: "requests of hours",
    bad: { webserver: { requestTimeout: "2 hours" } },
    path: ["webserver", "requestTimeout"],
    fix: "3600",
    good: { webserver: { requestTimeout: "60 minutes" } },
  },
  {
    id: "L2",
    says: "a disk of a hundred gigabytes",
    bad: { scheduler: { localStorage: "100GB" } },
    path: ["scheduler", "localStorage"],
    fix: "25166",
    good: { scheduler: { localStorage: "24000 MiB" } },
  },
  {
    id: "L4",
    says: "a volume between two steps",
    bad: { database: { volumeSize: 12 } },
    path: ["database", "volumeSize"],
    fix: "15",
    good: { database: { volumeSize: 15 } },
  },
  {
    id: "L4",
    says: "a volume of an exabyte",
    bad: { database: { volumeSize: 1_000_000_000 } },
    path: ["database", "volumeSize"],
    fix: "10000",
    good: { database: { volumeSize: 10_000 } },
  },
  {
    id: "L4",
    says: "backups for ten years",
    bad: { database: { backupRetention: 3_650 } },
    path: ["database", "backupRetention"],
    fix: "365",
    good: { database: { backupRetention: "52 weeks" } },
  },
  {
    id: "L4",
    says: "a size instead of a type of node",
    bad: { database: { nodeType: "small" } },
    path: ["database", "nodeType"],
    fix: "DB-PLAY2-NANO",
    good: { database: { nodeType: "db-dev-s" } },
  },
];

const allowLists: Fixture[] = [
  {
    id: "D6",
    says: "a database that is open to everybody",
    bad: { database: { publicAccess: ["0.0.0.0/0"] } },
    path: ["database", "publicAccess", 0],
    good: { database: { publicAccess: ["203.0.113.0/24"] } },
  },
  {
    id: "D6",
    says: "a database that is open to half of everybody",
    bad: { database: { publicAccess: ["203.0.113.7/32", "128.0.0.0/1"] } },
    path: ["database", "publicAccess", 1],
    good: { database: { publicAccess: ["203.0.113.7/32", "10.0.0.0/8"] } },
  },
  {
    id: "D6",
    says: "an address that is no range",
    bad: { database: { publicAccess: ["203.0.113.7"] } },
    path: ["database", "publicAccess", 0],
    fix: "203.0.113.7/32",
    good: { database: { publicAccess: ["203.0.113.7/32"] } },
  },
  {
    id: "D6",
    says: "an address inside a range",
    bad: { database: { publicAccess: ["203.0.113.7/24"] } },
    path: ["database", "publicAccess", 0],
    fix: "203.0.113.0/24",
    good: { database: { publicAccess: ["203.0.113.0/24"] } },
  },
  {
    id: "D6",
    says: "an address of IPv6",
    bad: { database: { publicAccess: ["2001:db8::/32"] } },
    path: ["database", "publicAccess", 0],
    good: { database: { publicAccess: ["198.51.100.0/24"] } },
  },
  {
    id: "D6",
    says: "a public endpoint for nobody",
    bad: { database: { publicAccess: [] } },
    path: ["database", "publicAccess"],
    good: { database: {} },
  },
  {
    id: "D6",
    says: "the same range twice",
    bad: { database: { publicAccess: ["203.0.113.7/32", "203.0.113.7/32"] } },
    path: ["database", "publicAccess"],
    good: { database: { publicAccess: ["203.0.113.7/32"] } },
  },
];

const WORKERS = "AIRFLOW__API__WORKERS";
const POOL = "AIRFLOW__DATABASE__SQL_ALCHEMY_POOL_SIZE";
const OVERFLOW = "AIRFLOW__DATABASE__SQL_ALCHEMY_MAX_OVERFLOW";

const connections: Fixture[] = [
  {
    id: "D8",
    says: "more workers than the database has connections for",
    bad: { variables: { webserver: { [WORKERS]: "8" } } },
    path: ["variables", "webserver", WORKERS],
    fix: '"5"',
    good: { variables: { webserver: { [WORKERS]: "5" } } },
  },
  {
    id: "D8",
    says: "pools that do not fit together",
    bad: plain({ [POOL]: "20" }),
    path: ["variables", "all", POOL],
    fix: '"5"',
    good: plain({ [POOL]: "5" }),
  },
  {
    id: "D8",
    says: "pools without a limit",
    bad: plain({ [OVERFLOW]: "-1" }),
    path: ["variables", "all", OVERFLOW],
    fix: '"3"',
    good: plain({ [OVERFLOW]: "1" }),
  },
  {
    id: "D8",
    says: "pools that a node of unknown size may not have connections for",
    bad: { database: { nodeType: "DB-PRO2-XXS" }, ...plain({ [POOL]: "20" }) },
    path: ["variables", "all", POOL],
    fix: '"5"',
    severity: "warning",
    good: { database: { nodeType: "DB-PRO2-XXS" }, ...plain({ [POOL]: "5" }) },
  },
];

const names: Fixture[] = [
  {
    id: "C14",
    says: "a container that no address can hold",
    bad: { names: { webserver: "Data Platform: Airflow's webserver" } },
    path: ["names", "webserver"],
    fix: "data-platform-airflow-s-webserver",
    good: { names: { webserver: "data-platform-airflow-webserver" } },
  },
  {
    id: "C14",
    says: "a prefix that makes a container's name too long",
    bad: { prefix: "longue-vie-aux-objets" },
    path: ["prefix"],
    good: { prefix: "longue-vie-aux", names: {} },
  },
  {
    id: "C14",
    says: "two containers of one name",
    bad: { names: { webserver: "airflow", scheduler: "airflow" } },
    path: ["names", "scheduler"],
    good: { names: { webserver: "airflow", dagProcessor: "airflow" } },
  },
  {
    id: "L3",
    says: "a prefix with capitals and signs",
    bad: { prefix: "Lvao!" },
    path: ["prefix"],
    fix: "lvao",
    good: { prefix: "lvao" },
  },
  {
    id: "L3",
    says: "a bucket with underscores",
    bad: { names: { bucket: "LVAO_Airflow_logs" } },
    path: ["names", "bucket"],
    fix: "lvao-airflow-logs",
    good: { names: { bucket: "qfdmo-airflow-logs" } },
  },
  {
    id: "L3",
    says: "a log bucket whose application's name is too long",
    bad: { names: { bucket: "b".repeat(60) } },
    path: ["names", "bucket"],
    fix: "b".repeat(59),
    good: { names: { bucket: "b".repeat(59) } },
  },
  {
    id: "R2",
    says: "an environment with capitals",
    bad: {},
    badEnvironment: "Feature_X",
    path: ["environment"],
    fix: "feature-x",
    good: {},
    environment: "feature-x",
  },
  {
    id: "R2",
    says: "an environment that makes the log bucket's name too long",
    bad: {},
    badEnvironment: "e".repeat(47),
    path: ["environment"],
    good: {},
    environment: "e".repeat(46),
  },
  {
    id: "R2",
    says: "an environment whose names are too long unless they are given",
    bad: { prefix: "longue-vie-aux" },
    badEnvironment: "e".repeat(40),
    path: ["environment"],
    good: { prefix: "longue-vie-aux", names: { bucket: "logs" } },
    environment: "e".repeat(40),
  },
  {
    id: "R3",
    says: "a pull request's environment that cannot be removed",
    bad: { protect: true },
    badEnvironment: "pr-123",
    path: ["protect"],
    fix: "false",
    good: { protect: false },
    environment: "pr-123",
  },
  {
    id: "L3",
    says: "a bucket of two letters",
    bad: { names: { bucket: "ab" } },
    path: ["names", "bucket"],
    good: { names: { bucket: "abc" } },
  },
  {
    id: "L3",
    says: "a database of the server itself",
    bad: { names: { database: "postgres" } },
    path: ["names", "database"],
    fix: "postgres-airflow",
    good: { names: { database: "Airflow_1" } },
  },
  {
    id: "L3",
    says: "a database with a space",
    bad: { names: { database: "air flow" } },
    path: ["names", "database"],
    fix: "air-flow",
    good: { names: { database: "air$flow" } },
  },
  {
    id: "L3",
    says: "a registry with capitals",
    bad: { names: { registry: "ns-QFDMO" } },
    path: ["names", "registry"],
    fix: "ns-qfdmo",
    good: { names: { registry: "ns-qfdmo" } },
  },
  {
    id: "L3",
    says: "a namespace that ends with a hyphen",
    bad: { names: { namespace: "lvao-" } },
    path: ["names", "namespace"],
    fix: "lvao",
    good: { names: { namespace: "lvao-preprod" } },
  },
];

const images: Fixture[] = [
  {
    id: "C5",
    says: "a base image that is no reference",
    bad: { baseImage: "Airflow 3" },
    path: ["baseImage"],
    fix: "apache/airflow:slim-3.3.2-python3.12",
    good: { baseImage: "apache/airflow:slim-3.3.2-python3.12" },
  },
  {
    id: "C5",
    says: "a base image that changes by itself",
    bad: { baseImage: "apache/airflow:latest" },
    path: ["baseImage"],
    severity: "warning",
    good: { baseImage: `registry.example:5000/airflow@sha256:${"0".repeat(64)}` },
  },
  {
    id: "C5",
    says: "a base image without a version",
    bad: { baseImage: "apache/airflow" },
    path: ["baseImage"],
    severity: "warning",
    good: { baseImage: "airflow:mine" },
  },
];

const digest = `@sha256:${"0".repeat(64)}`;

const deployed: Fixture[] = [
  {
    id: "C5",
    says: "an image to deploy without its digest",
    bad: { images: { webserver: "rg.fr-par.scw.cloud/lvao/webserver:1.2" } },
    path: ["images", "webserver"],
    good: { images: { webserver: `rg.fr-par.scw.cloud/lvao/webserver:1.2${digest}` } },
  },
  {
    id: "C5",
    says: "an image to deploy that is a number",
    bad: { images: { scheduler: 12 } },
    path: ["images", "scheduler"],
    good: { images: { scheduler: pulumi.output(`lvao/scheduler${digest}`) } },
  },
  {
    id: "R1",
    says: "images from what is no stack",
    bad: { images: { fromStack: "pre prod" } },
    path: ["images", "fromStack"],
    fix: "preprod",
    good: { images: { fromStack: "organization/airflow/staging" } },
  },
  {
    id: "R1",
    says: "images from the stack itself",
    bad: { images: { fromStack: "organization/airflow/preprod" } },
    path: ["images", "fromStack"],
    good: { images: { fromStack: "preprod" } },
    environment: "prod",
  },
];

const variables: Fixture[] = [
  {
    id: "C8",
    says: "a name of 101 characters",
    bad: plain({ ["N".repeat(101)]: "x" }),
    path: ["variables", "all", "N".repeat(101)],
    fix: "N".repeat(100),
    good: plain({ ["N".repeat(100)]: "x" }),
  },
  {
    id: "C8",
    says: "a name with a space",
    bad: plain({ "WEBAPP URL": "x" }),
    path: ["variables", "all", "WEBAPP URL"],
    fix: "WEBAPP_URL",
    good: plain({ WEBAPP_URL: "x" }),
  },
  {
    id: "C8",
    says: "a plain value of 65,537 characters",
    bad: plain({ LONG: "é".repeat(65_537) }),
    path: ["variables", "all", "LONG"],
    good: plain({ LONG: "é".repeat(65_536) }),
  },
  {
    id: "C8",
    says: "a secret value of 65,537 bytes",
    bad: secret({ LONG: "s".repeat(65_537) }),
    path: ["secretVariables", "all", "LONG"],
    good: secret({ LONG: "s".repeat(65_536) }),
  },
  {
    id: "C8",
    says: "a secret that is empty, and could never be removed",
    bad: secret({ TOKEN: "" }),
    path: ["secretVariables", "all", "TOKEN"],
    good: { ...secret({ TOKEN: "x" }), ...plain({ EMPTY: "" }) },
  },
  {
    id: "C8",
    says: "a value that YAML takes for a number",
    bad: plain({ RELEASE: 1.1 }),
    path: ["variables", "all", "RELEASE"],
    fix: '"1.1"',
    good: plain({ RELEASE: "1.10" }),
  },
  {
    id: "C8",
    says: "a secret that YAML takes for a number",
    bad: secret({ PIN: 314159265 }),
    path: ["secretVariables", "all", "PIN"],
    good: secret({ PIN: "314159265" }),
  },
  {
    id: "C8",
    says: "a value that is a list",
    bad: plain({ HOSTS: ["a", "b"] }),
    path: ["variables", "all", "HOSTS"],
    good: plain({ HOSTS: "a,b" }),
  },
  {
    id: "C8",
    says: "a value that is a list of settings",
    bad: plain({ HOSTS: { a: "b" } }),
    path: ["variables", "all", "HOSTS"],
    good: { ...plain({ HOSTS: pulumi.output("a") }), ...secret({ TOKEN: { secure: "v1:…" } }) },
  },
  {
    id: "C8",
    says: "a value with a NUL",
    bad: plain({ BINARY: "a\0b" }),
    path: ["variables", "all", "BINARY"],
    good: plain({ BINARY: "a\nb" }),
  },
  {
    id: "C8",
    says: "one name in the open and secret",
    bad: { ...plain({ TOKEN: "x" }), ...secret({ TOKEN: "hush" }) },
    path: ["variables", "all", "TOKEN"],
    good: { ...plain({ TOKEN: "x" }), secretVariables: { scheduler: { TOKEN: "y" } } },
  },
  {
    id: "C8",
    says: "more variables than a container takes, with those that are generated",
    bad: plain(many(195)),
    path: ["variables", "all"],
    good: plain(many(150)),
  },
  {
    id: "C9",
    says: "PORT",
    bad: { variables: { webserver: { PORT: "8080" } } },
    path: ["variables", "webserver", "PORT"],
    fix: "APP_PORT",
    good: { variables: { webserver: { EXPORT: "8080" } } },
  },
  {
    id: "C9",
    says: "a name that starts with SCW_, though its value is not known yet",
    bad: secret({ SCW_SECRET_KEY: pulumi.output("x") }),
    path: ["secretVariables", "all", "SCW_SECRET_KEY"],
    fix: "SCALEWAY_SECRET_KEY",
    good: secret({ SCALEWAY_SECRET_KEY: pulumi.output("x") }),
  },
  {
    id: "P1",
    says: "a generated secret in the open",
    bad: plain({ AIRFLOW__CORE__FERNET_KEY: key(1) }),
    path: ["variables", "all", "AIRFLOW__CORE__FERNET_KEY"],
    fix: "secretVariables.all.AIRFLOW__CORE__FERNET_KEY",
    good: secret({ AIRFLOW__CORE__FERNET_KEY: key(1) }),
  },
  {
    id: "P1",
    says: "an address with a password in the open",
    bad: { variables: { scheduler: { DATABASE_URL: "postgres://me:hush@db:5432/app" } } },
    path: ["variables", "scheduler", "DATABASE_URL"],
    fix: "secretVariables.scheduler.DATABASE_URL",
    severity: "warning",
    good: { variables: { scheduler: { WEBAPP_URL: "https://lvao.example:8443/?at=a:b@c" } } },
  },
  {
    id: "L5",
    says: "variables for a container that does not exist",
    bad: { variables: { dagProcessor: { A: "1" } } },
    path: ["variables", "dagProcessor"],
    fix: "variables.scheduler",
    severity: "warning",
    good: { variables: { dagProcessor: { A: "1" } }, dagProcessor: { memory: 1_024 } },
  },
];

const FERNET = "AIRFLOW__CORE__FERNET_KEY";
const JWT = "AIRFLOW__API_AUTH__JWT_SECRET";
const DATABASE = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN";

const airflow: Fixture[] = [
  {
    id: "A1",
    says: "a Fernet key that is empty",
    bad: secret({ [FERNET]: "" }),
    path: ["secretVariables", "all", FERNET],
    good: secret({ [FERNET]: `${key(1)},${key(2)}` }),
  },
  {
    id: "A1",
    says: "a Fernet key that is none",
    bad: secret({ [FERNET]: "correct horse battery staple" }),
    path: ["secretVariables", "all", FERNET],
    good: secret({ [FERNET]: pulumi.output("later") }),
  },
  {
    id: "A2",
    says: "a key that only one container has",
    bad: { secretVariables: { scheduler: { [JWT]: "x".repeat(64) } } },
    path: ["secretVariables", "scheduler", JWT],
    fix: `secretVariables.all.${JWT}`,
    good: secret({ [JWT]: "x".repeat(64) }),
  },
  {
    id: "A5",
    says: "a setting of Airflow 2",
    bad: plain({ AIRFLOW__WEBSERVER__WORKERS: "2" }),
    path: ["variables", "all", "AIRFLOW__WEBSERVER__WORKERS"],
    fix: "AIRFLOW__API__WORKERS",
    good: plain({ AIRFLOW__API__WORKERS: "2", MY_AIRFLOW: "mine" }),
  },
  {
    id: "A5",
    says: "an old name of a setting that is generated under its new one",
    bad: secret({ AIRFLOW__CORE__SQL_ALCHEMY_CONN: "sqlite://" }),
    path: ["secretVariables", "all", "AIRFLOW__CORE__SQL_ALCHEMY_CONN"],
    fix: DATABASE,
    good: secret({ [DATABASE]: "sqlite://" }),
  },
  {
    id: "A6",
    says: "more tasks at once than the memory holds",
    bad: { variables: { scheduler: { AIRFLOW__CORE__PARALLELISM: "32" } } },
    path: ["variables", "scheduler", "AIRFLOW__CORE__PARALLELISM"],
    fix: '"15"',
    severity: "warning",
    good: { variables: { scheduler: { AIRFLOW__CORE__PARALLELISM: "15" } } },
  },
  {
    id: "C11",
    says: "no leeway for clocks that drift",
    bad: plain({ AIRFLOW__API_AUTH__JWT_LEEWAY: "10" }),
    path: ["variables", "all", "AIRFLOW__API_AUTH__JWT_LEEWAY"],
    fix: '"60"',
    severity: "warning",
    good: plain({ AIRFLOW__API_AUTH__JWT_LEEWAY: "120" }),
  },
  {
    id: "D5",
    says: "a password in an address that is not encoded",
    bad: secret({ [DATABASE]: "postgresql+psycopg2://me:p@ss@db:5432/airflow" }),
    path: ["secretVariables", "all", DATABASE],
    good: secret({ [DATABASE]: "postgresql+psycopg2://me:p%40ss@db:5432/airflow" }),
  },
];

const connection = (id: string, parts: object) => ({ connections: { [id]: parts } });
const postgres = (parts: object) => connection("warehouse", { type: "postgres", ...parts });
const airflowVariable = (key: string, value: unknown) => ({ airflowVariables: { [key]: value } });
const pool = (name: string, slots: number) => ({ pools: { [name]: { slots } } });
const fromSecretManager = (written: string) => ({ fromSecretManager: written });

const objects: Fixture[] = [
  {
    id: "O1",
    says: "a connection with a space in its id",
    bad: connection("data warehouse", { type: "postgres" }),
    path: ["connections", "data warehouse"],
    fix: "data_warehouse",
    good: connection("data-warehouse.v2", { type: "postgres" }),
  },
  {
    id: "O1",
    says: "a connection of 201 characters",
    bad: connection("c".repeat(201), { type: "postgres" }),
    path: ["connections", "c".repeat(201)],
    fix: "c".repeat(200),
    good: connection("c".repeat(200), { type: "postgres" }),
  },
  {
    id: "O1",
    says: "the connection to the log bucket, which is made",
    bad: connection("s3logs", { type: "aws" }),
    path: ["connections", "s3logs"],
    fix: "s3",
    good: connection("s3", { type: "aws", extra: { region_name: "fr-par" } }),
  },
  {
    id: "O1",
    says: "a connection without a type",
    bad: connection("warehouse", { host: "db", password: "hush-hush" }),
    path: ["connections", "warehouse", "type"],
    good: postgres({ host: "db", password: "hush-hush" }),
  },
  {
    id: "O1",
    says: "a connection with a uri and a password beside it",
    bad: connection("warehouse", { uri: "postgres://db", password: "hush-hush" }),
    path: ["connections", "warehouse"],
    good: connection("warehouse", { uri: "postgres://db", description: "the warehouse" }),
  },
  {
    id: "O1",
    says: "an address with a password that is not encoded",
    bad: connection("warehouse", { uri: "postgres://me:hush/hush@db:5432/data" }),
    path: ["connections", "warehouse", "uri"],
    good: connection("warehouse", {
      uri: "postgres://me:hush%2Fhush@[::1]:5432/data?sslmode=require",
    }),
  },
  {
    id: "O1",
    says: "a port that is none",
    bad: postgres({ port: 65_536 }),
    path: ["connections", "warehouse", "port"],
    good: postgres({ port: pulumi.output(5_432) }),
  },
  {
    id: "O1",
    says: "a port between quotation marks",
    bad: postgres({ port: "5432" }),
    path: ["connections", "warehouse", "port"],
    fix: "5432",
    good: postgres({ port: 5_432 }),
  },
  {
    id: "O1",
    says: "a password that YAML takes for a number",
    bad: postgres({ password: 314159265 }),
    path: ["connections", "warehouse", "password"],
    good: postgres({ password: "314159265", login: { secure: "v1:…" } }),
  },
  {
    id: "O1",
    says: "a host that is empty",
    bad: postgres({ host: "" }),
    path: ["connections", "warehouse", "host"],
    good: postgres({ host: "db" }),
  },
  {
    id: "O1",
    says: "a connection that a variable hides",
    bad: { ...postgres({}), ...secret({ AIRFLOW_CONN_WAREHOUSE: "postgres://db" }) },
    path: ["connections", "warehouse"],
    severity: "warning",
    good: { ...postgres({}), ...secret({ AIRFLOW_CONN_LAKE: "postgres://db" }) },
  },
  {
    id: "O2",
    says: "a variable with a key of 251 characters",
    bad: airflowVariable("k".repeat(251), "x"),
    path: ["airflowVariables", "k".repeat(251)],
    fix: "k".repeat(250),
    good: airflowVariable("k".repeat(250), "x"),
  },
  {
    id: "O2",
    says: "a variable without a value",
    bad: airflowVariable("batch", null),
    path: ["airflowVariables", "batch"],
    good: { airflowVariables: { batch: 10, empty: "", list: [1.5, null], off: false } },
  },
  {
    id: "O2",
    says: "a variable that YAML takes for a number",
    bad: airflowVariable("release", { value: 1.1, description: "of the models" }),
    path: ["airflowVariables", "release"],
    good: airflowVariable("release", { value: "1.10", description: "of the models" }),
  },
  {
    id: "O2",
    says: "a description that is no text",
    bad: airflowVariable("batch", { value: "10", description: 10 }),
    path: ["airflowVariables", "batch", "description"],
    good: airflowVariable("batch", { value: "10", size: 10 }),
  },
  {
    id: "O2",
    says: "a variable that the environment hides",
    bad: { ...airflowVariable("batch", "10"), ...plain({ AIRFLOW_VAR_BATCH: "20" }) },
    path: ["airflowVariables", "batch"],
    severity: "warning",
    good: { ...airflowVariable("batch", "10"), ...plain({ AIRFLOW_VAR_SIZE: "20" }) },
  },
  {
    id: "O3",
    says: "a pool of less than no slots",
    bad: pool("dbt", -2),
    path: ["pools", "dbt", "slots"],
    fix: "-1",
    good: pool("dbt", -1),
  },
  {
    id: "O3",
    says: "a pool of half a slot",
    bad: pool("dbt", 3.5),
    path: ["pools", "dbt", "slots"],
    fix: "4",
    good: pool("default_pool", 0),
  },
  {
    id: "O3",
    says: "a pool with a name of 257 characters",
    bad: pool("p".repeat(257), 1),
    path: ["pools", "p".repeat(257)],
    fix: "p".repeat(256),
    good: pool("the pool of dbt", 1),
  },
  {
    id: "O4",
    says: "a reference with spaces",
    bad: postgres({ password: fromSecretManager("the warehouse") }),
    path: ["connections", "warehouse", "password", "fromSecretManager"],
    good: postgres({ password: fromSecretManager("data/warehouse@3") }),
  },
  {
    id: "O4",
    says: "a reference to revision 0",
    bad: secret({ TOKEN: fromSecretManager("token@0") }),
    path: ["secretVariables", "all", "TOKEN", "fromSecretManager"],
    good: secret({ TOKEN: fromSecretManager("/token") }),
  },
  {
    id: "O4",
    says: "a reference to a folder, deep in a variable",
    bad: airflowVariable("services", { keys: [fromSecretManager("keys/")] }),
    path: ["airflowVariables", "services", "value", "keys", 0, "fromSecretManager"],
    good: airflowVariable("services", { keys: [fromSecretManager("keys/1")] }),
  },
  {
    id: "O5",
    says: "more than a secret variable holds",
    bad: { ...pool("dbt", 4), ...airflowVariable("long", "é".repeat(32_768)) },
    path: ["airflowVariables"],
    good: { ...pool("dbt", 4), ...airflowVariable("long", "é".repeat(32_600)) },
  },
];

const server = { region: "fr", name: "logs", accessKey: "a", secretKey: "b" };
const at = (endpoint: string) => ({ existingBucket: { ...server, endpoint } });
const cold = (after: number, storageClass: string) => ({ coldStorage: { after, storageClass } });

const logs: Fixture[] = [
  {
    id: "S6",
    says: "logs that cannot be read at once",
    bad: { logs: { retention: "forever", ...cold(90, "GLACIER") } },
    path: ["logs", "coldStorage", "storageClass"],
    fix: "ONEZONE_IA",
    severity: "warning",
    good: { logs: { retention: "forever", ...cold(90, "ONEZONE_IA") } },
  },
  {
    id: "S7",
    says: "logs that move too soon",
    bad: { logs: cold(7, "ONEZONE_IA") },
    path: ["logs", "coldStorage", "after"],
    fix: "30",
    good: { logs: cold(30, "ONEZONE_IA") },
  },
  {
    id: "S7",
    says: "logs that are deleted before they move",
    bad: { logs: { retention: "30 days", ...cold(30, "ONEZONE_IA") } },
    path: ["logs", "coldStorage", "after"],
    good: { logs: { retention: "31 days", ...cold(30, "ONEZONE_IA") } },
  },
  {
    id: "S8",
    says: "a server's address that is none",
    bad: { logs: at("cellar-c2.services.clever-cloud.com") },
    path: ["logs", "existingBucket", "endpoint"],
    fix: "https://cellar-c2.services.clever-cloud.com",
    good: { logs: at("https://cellar-c2.services.clever-cloud.com") },
  },
  {
    id: "S8",
    says: "a bucket in a server's address",
    bad: { logs: at("https://s3.fr-par.scw.cloud/logs") },
    path: ["logs", "existingBucket", "endpoint"],
    fix: "https://cellar-c2.services.clever-cloud.com",
    good: { logs: at("https://s3.fr-par.scw.cloud/") },
  },
  {
    id: "S8",
    says: "logs in the open",
    bad: { logs: at("http://minio:9000") },
    path: ["logs", "existingBucket", "endpoint"],
    fix: "https://minio:9000",
    severity: "warning",
    good: { logs: at("https://minio:9000") },
  },
  {
    id: "S8",
    says: "settings of a bucket that is not made",
    bad: { logs: { versioning: true, ...at("https://minio:9000") } },
    path: ["logs", "versioning"],
    good: { logs: { versioning: false, ...at("https://minio:9000") } },
  },
];

/** For each rule, one or more. */
export const fixtures: readonly Fixture[] = [
  ...sizes,
  ...allowLists,
  ...connections,
  ...names,
  ...logs,
  ...images,
  ...deployed,
  ...variables,
  ...airflow,
  ...objects,
];
