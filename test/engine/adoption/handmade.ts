import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Emulator } from "../../../scripts/emulator";
import { s3Client } from "../../../scripts/logs";
import { ScalewayApi } from "../../../scripts/scalewayApi";
import { buildKit, dockerClient } from "../../../tools/docker";
import { run } from "../../../tools/shell";
import { state } from "../../scripts/adoption/stateOfToday";

/** What the containers keep to themselves, as their owner has it in a file. */
export const secrets = {
  AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: "postgresql://qfdmo:thiZ_is_v&ry_s3cret@db:5432/airflow",
  AIRFLOW__API_AUTH__JWT_SECRET: "a secret typed by hand",
  DATABASE_URL: "postgres://web:hush@web.example:5432/web",
} as const;

const BUCKET = "lvao-preprod-airflow";
const REGISTRY = "ns-qfdmo";
const variables = {
  AIRFLOW__CORE__EXECUTOR: "LocalExecutor",
  AIRFLOW__CORE__FERNET_KEY: "",
  AIRFLOW__WEBSERVER__EXPOSE_CONFIG: "true",
  WEBAPP_URL: "https://web.example",
};
const roles = {
  webserver: {
    name: "lvao-airflow-webserver",
    port: 8080,
    mvcpu: 1_000,
    memory: 2_048,
    disk: 1_000,
  },
  scheduler: {
    name: "lvao-airflow-scheduler",
    port: 8974,
    mvcpu: 4_000,
    memory: 12_288,
    disk: 20_480,
  },
  dagProcessor: {
    name: "lvao-airflow-dag-processor",
    port: 8974,
    mvcpu: 1_000,
    memory: 1_024,
    disk: 1_000,
  },
} as const;

type Role = keyof typeof roles;
type Made = Record<string, any>;

/** The platform as it runs today, with containers that start at once, made by calls of the API. */
export class HandmadePlatform {
  private readonly api: ScalewayApi;
  private readonly made: Made = {};

  private constructor(
    private readonly emulator: Emulator,
    private readonly folder: string,
    private readonly baseImage: string,
  ) {
    this.api = new ScalewayApi(emulator.env);
  }

  static async make(emulator: Emulator, folder: string, baseImage: string) {
    const platform = new HandmadePlatform(emulator, folder, baseImage);
    await platform.makeAll();
    return platform;
  }

  /** A file with the secrets. */
  get secretsFile(): string {
    const file = join(this.folder, "secrets.env");
    const lines = Object.entries(secrets).map(([name, value]) => `${name}="${value}"\n`);
    writeFileSync(file, lines.join(""), { mode: 0o600 });
    return file;
  }

  /** What Terraform's state would say of it. */
  get stateFile(): string {
    const file = join(this.folder, "terraform.tfstate");
    const { namespace, instance, registry } = this.made;
    const managed = (type: string, name: string, attributes: object) => ({
      mode: "managed",
      type: `scaleway_${type}`,
      name,
      instances: [{ attributes }],
    });
    const regional = ({ id, ...rest }: Made) => ({ ...rest, id: `fr-par/${id}` });
    const inside = { instance_id: `fr-par/${instance.id}` };
    const resources = [
      managed("container_namespace", "main", regional(namespace)),
      managed("registry_namespace", REGISTRY, regional(registry)),
      ...(Object.keys(roles) as Role[]).map((role) =>
        managed("container", role, {
          ...regional(this.made[role]),
          namespace_id: `fr-par/${namespace.id}`,
        }),
      ),
      managed("rdb_instance", "airflow", {
        ...regional(instance),
        user_name: "qfdmo",
        password: "thiZ_is_v&ry_s3cret",
      }),
      managed("rdb_database", "airflow", { ...inside, name: "airflow" }),
      managed("rdb_privilege", "airflow", {
        ...inside,
        database_name: "airflow",
        user_name: "qfdmo",
      }),
      managed("object_bucket", "airflow", {
        id: `fr-par/${BUCKET}`,
        name: BUCKET,
        project_id: namespace.project_id,
      }),
      managed("object_bucket_acl", "airflow", { id: `fr-par/${BUCKET}/private`, bucket: BUCKET }),
    ];
    writeFileSync(file, JSON.stringify(state(resources)));
    return file;
  }

  /** The keys of what is in the bucket. */
  async objects(): Promise<string[]> {
    const { Contents = [] } = await s3Client(this.emulator.env).send(
      new ListObjectsV2Command({ Bucket: BUCKET }),
    );
    return Contents.map(({ Key }) => Key!).sort();
  }

  private async makeAll(): Promise<void> {
    const [images, instance] = await Promise.all([this.pushImages(), this.makeDatabase()]);
    await this.makeBucket();
    this.made.instance = instance;
    this.made.namespace = await this.make("containers", "v1", "namespaces", {
      name: "lvao-preprod",
    });
    await Promise.all(
      (Object.keys(roles) as Role[]).map(async (role) => {
        this.made[role] = await this.makeContainer(role, images);
      }),
    );
  }

  private makeContainer(role: Role, images: Record<"8080" | "8974", string>): Promise<Made> {
    const { name, port, mvcpu, memory, disk } = roles[role];
    return this.make("containers", "v1", "containers", {
      namespace_id: this.made.namespace.id,
      name,
      image: images[port],
      port,
      mvcpu_limit: mvcpu,
      memory_limit_bytes: memory * 1_000_000,
      local_storage_limit_bytes: disk * 1_000_000,
      min_scale: 1,
      max_scale: 1,
      sandbox: "v1",
      timeout: "300s",
      environment_variables: { ...variables, ROLE: role },
      secret_environment_variables: secrets,
    });
  }

  private async makeDatabase(): Promise<Made> {
    const instance = await this.make("rdb", "v1", "instances", {
      name: "lvao-preprod-airflow",
      engine: "PostgreSQL-16",
      user_name: "qfdmo",
      password: "thiZ_is_v&ry_s3cret",
      node_type: "DB-PLAY2-NANO",
      volume_type: "sbs_15k",
      volume_size: 20_000_000_000,
      is_ha_cluster: true,
      encryption: { enabled: true },
    });
    const path = `/rdb/v1/regions/fr-par/instances/${instance.id}`;
    await this.api.call("POST", `${path}/databases`, { name: "airflow" });
    const privilege = { database_name: "airflow", user_name: "qfdmo", permission: "all" };
    await this.api.call("PUT", `${path}/privileges`, privilege);
    return instance;
  }

  private async makeBucket(): Promise<void> {
    const s3 = s3Client(this.emulator.env);
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    for (const number of [1, 2, 3]) {
      const object = { Bucket: BUCKET, Key: `dag_id=old/${number}.log`, Body: "of before" };
      await s3.send(new PutObjectCommand(object));
    }
  }

  private async pushImages(): Promise<Record<"8080" | "8974", string>> {
    this.made.registry = await this.api.call("POST", "/registry/v1/regions/fr-par/namespaces", {
      name: REGISTRY,
      project_id: this.emulator.env.SCW_DEFAULT_PROJECT_ID,
    });
    const docker = await dockerClient();
    const { endpoint } = this.made.registry;
    const config = ["--config", join(this.folder, "docker")];
    await run(
      docker,
      [...config, "login", "-u=nologin", "--password-stdin", endpoint.split("/")[0]],
      {
        input: this.emulator.env.SCW_SECRET_KEY!,
      },
    );
    const push = async (role: string) => {
      const image = `${endpoint}/airflow-${role}:1`;
      const dockerfile = `test/engine/light/airflow-${role}.Dockerfile`;
      const args = ["--build-arg", `BASE_IMAGE=${this.baseImage}`, "-t", image, "-f", dockerfile];
      await run(docker, ["build", ...args, "test/engine/light"], { env: buildKit });
      await run(docker, [...config, "push", image]);
      await run(docker, ["image", "rm", image]);
      return image;
    };
    return { 8080: await push("webserver"), 8974: await push("scheduler") };
  }

  /** Makes something and waits until it is ready. */
  private async make(product: string, version: string, kind: string, body: object): Promise<Made> {
    const path = `/${product}/${version}/regions/fr-par/${kind}`;
    const project = { project_id: this.emulator.env.SCW_DEFAULT_PROJECT_ID };
    const { id } = await this.api.call<{ id: string }>("POST", path, { ...project, ...body });
    return this.api.untilReady<any>(`${kind} ${id}`, `${path}/${id}`);
  }
}
