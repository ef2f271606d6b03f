import { randomBytes } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { logConnection, scalewayEndpoint } from "../../../components/logs/logConnection";
import { Emulator } from "../../../scripts/emulator";
import { buildKit, dockerClient } from "../../../tools/docker";
import { run } from "../../../tools/shell";
import { ensureTerraform, Terraform } from "../../../tools/terraform";

const secret = () => randomBytes(24).toString("hex");

/** The platform as it runs today, made by the command-line tool `terraform`. */
export class TerraformedPlatform {
  readonly adminPassword = secret();
  private readonly databasePassword = `aA1!${secret()}`;
  private readonly folder: string;
  private readonly secrets: Record<string, string>;

  private constructor(
    base: string,
    private readonly emulator: Emulator,
    private readonly terraform: Terraform,
  ) {
    this.folder = join(base, "terraform");
    mkdirSync(this.folder);
    cpSync(join(__dirname, "terraform"), this.folder, { recursive: true });
    const { SCW_ACCESS_KEY: accessKey, SCW_SECRET_KEY: secretKey } = emulator.env;
    this.secrets = {
      AIRFLOW__CORE__FERNET_KEY: randomBytes(32).toString("base64url") + "=",
      AIRFLOW__API_AUTH__JWT_SECRET: secret(),
      AIRFLOW__API__SECRET_KEY: secret(),
      AIRFLOW_CONN_SCALEWAYLOGS: logConnection({
        accessKey: accessKey!,
        secretKey: secretKey!,
        endpoint: scalewayEndpoint("fr-par"),
        region: "fr-par",
      }),
      ADMIN_PASSWORD_OF_TODAY: this.adminPassword,
      DATABASE_URL: `postgres://web:${secret()}@web.example:5432/web`,
      DB_WAREHOUSE: `postgres://dbt:${secret()}@warehouse.example:5432/dbt`,
      MATTERMOST_WEBHOOK_URL: `https://chat.example/hooks/${secret()}`,
      POSTHOG_PERSONAL_API_KEY: secret(),
      SECRET_KEY: secret(),
      SSH_KEY_B64: Buffer.from(secret()).toString("base64"),
    };
  }

  /** Makes everything, with containers of an image of Airflow. */
  static async make(base: string, emulator: Emulator, baseImage: string) {
    const platform = new TerraformedPlatform(base, emulator, await ensureTerraform());
    await platform.command("init");
    await platform.apply({}, "-target=scaleway_registry_namespace.ns-qfdmo");
    await platform.apply({ image: await platform.pushImage(baseImage) });
    return platform;
  }

  /** Where Terraform keeps its state. */
  get stateFile(): string {
    return join(this.folder, "terraform.tfstate");
  }

  /** What whoever runs it has beside it: the values of the secret variables. */
  get secretsFile(): string {
    const file = join(this.folder, "secrets.env");
    const lines = Object.entries(this.secrets).map(([name, value]) => `${name}='${value}'\n`);
    writeFileSync(file, lines.join(""), { mode: 0o600 });
    return file;
  }

  private async apply(more: object, ...flags: string[]): Promise<void> {
    const values = { database_password: this.databasePassword, secrets: this.secrets, ...more };
    const file = join(this.folder, "terraform.tfvars.json");
    writeFileSync(file, JSON.stringify(values), { mode: 0o600 });
    await this.command("apply", "-auto-approve", ...flags);
  }

  private command(...args: string[]): Promise<string> {
    const env = { ...this.emulator.env, ...this.terraform.env };
    return run(this.terraform.binary, [...args, "-no-color", "-input=false"], {
      cwd: this.folder,
      env,
      onLine: (line) => process.stderr.write(`${line}\n`),
    });
  }

  private async pushImage(baseImage: string): Promise<string> {
    const { resources } = JSON.parse(readFileSync(this.stateFile, "utf8"));
    const { endpoint } = resources[0].instances[0].attributes;
    const docker = await dockerClient();
    const config = ["--config", join(this.folder, "docker")];
    const login = ["login", "-u=nologin", "--password-stdin", endpoint.split("/")[0]];
    await run(docker, [...config, ...login], { input: this.emulator.env.SCW_SECRET_KEY! });
    const image = `${endpoint}/airflow:1`;
    const dockerfile = "airflow/airflow-scheduler.Dockerfile";
    const build = ["--build-arg", `BASE_IMAGE=${baseImage}`, "-t", image, "-f", dockerfile];
    await run(docker, ["build", ...build, "airflow"], { env: buildKit });
    await run(docker, [...config, "push", image]);
    await run(docker, ["image", "rm", image]);
    return image;
  }
}
