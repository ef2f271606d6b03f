import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

/** Secrets that Airflow needs and nobody has to know: generated once, stable in the state, secret everywhere. */
export class AirflowSecrets extends pulumi.ComponentResource {
  /** Encrypts connections and variables in the metadata database: 32 bytes, URL-safe base64. */
  readonly fernetKey: pulumi.Output<string>;
  /** Signs the tokens of tasks and users: 64 bytes, base64. */
  readonly jwtSecret: pulumi.Output<string>;
  /** Signs the sessions of the interface: 32 bytes, base64. */
  readonly apiSecretKey: pulumi.Output<string>;
  /** Password of the first account of the interface: 24 letters and digits. */
  readonly adminPassword: pulumi.Output<string>;

  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("pulumi-scaleway-airflow:index:AirflowSecrets", name, {}, opts);
    const bytes = (suffix: string, length: number) =>
      new random.RandomBytes(`${name}-${suffix}`, { length }, { parent: this }).base64;

    this.fernetKey = pulumi.secret(bytes("fernet-key", 32).apply(urlSafe));
    this.jwtSecret = pulumi.secret(bytes("jwt-secret", 64));
    this.apiSecretKey = pulumi.secret(bytes("api-secret-key", 32));
    this.adminPassword = pulumi.secret(
      new random.RandomPassword(
        `${name}-admin-password`,
        { length: 24, special: false },
        { parent: this },
      ).result,
    );
    this.registerOutputs({
      fernetKey: this.fernetKey,
      jwtSecret: this.jwtSecret,
      apiSecretKey: this.apiSecretKey,
      adminPassword: this.adminPassword,
    });
  }
}

function urlSafe(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}
