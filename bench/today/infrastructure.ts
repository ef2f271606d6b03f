import { randomBytes } from "node:crypto";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { logConnection, scalewayEndpoint } from "../../components/logs/logConnection";
import { run } from "../../tools/shell";
import { ensureTerraform, Terraform } from "../../tools/terraform";
import { Role, roles } from "./roles";

const REGION = "fr-par";

/** What the infrastructure is given. */
export interface TodaysInputs {
  readonly namespace: string;
  readonly images: Readonly<Record<Role, string>>;
  readonly adminPassword: string;
}

/** Today's modules, applied by the command-line tool with the real provider. */
export class TodaysInfrastructure {
  private readonly folder: string;

  private constructor(
    folder: string,
    private readonly terraform: Terraform,
    private readonly env: NodeJS.ProcessEnv,
  ) {
    this.folder = join(folder, "infrastructure");
    cpSync(join(__dirname, "infrastructure"), this.folder, { recursive: true });
  }

  /** Brings it up for the first time; gives the ids of the containers. */
  static async make(
    folder: string,
    env: NodeJS.ProcessEnv,
    inputs: TodaysInputs,
  ): Promise<[TodaysInfrastructure, Record<Role, string>]> {
    const infrastructure = new TodaysInfrastructure(folder, await ensureTerraform(), env);
    infrastructure.writeVariables(inputs);
    await infrastructure.apply();
    const output = await infrastructure.command("output", "-json", "containers");
    return [infrastructure, JSON.parse(output)];
  }

  /** What the pipeline does: it begins without the provider, and applies whatever has changed. */
  async apply(): Promise<void> {
    await this.command("init", "-input=false");
    await this.command("apply", "-input=false", "-auto-approve");
  }

  private writeVariables({ namespace, images, adminPassword }: TodaysInputs): void {
    const { SCW_ACCESS_KEY: accessKey, SCW_SECRET_KEY: secretKey } = this.env;
    const key = { accessKey: accessKey!, secretKey: secretKey! };
    const endpoint = scalewayEndpoint(REGION);
    const secrets = {
      admin: adminPassword,
      database: `aA1-${randomBytes(16).toString("hex")}`,
      jwt: randomBytes(24).toString("hex"),
      logs: logConnection({ ...key, endpoint, region: REGION }),
    };
    const file = join(this.folder, "terraform.tfvars.json");
    writeFileSync(file, JSON.stringify({ namespace, images, roles, secrets }), { mode: 0o600 });
  }

  private command(...args: string[]): Promise<string> {
    const env = { ...this.env, ...this.terraform.env };
    return run(this.terraform.binary, [...args, "-no-color"], { cwd: this.folder, env });
  }
}
