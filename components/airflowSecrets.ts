import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

/** Secrets that Airflow needs and nobody has to know: generated once, stable in the state, secret everywhere. */
export class AirflowSecrets extends pulumi.ComponentResource {
  /** Encrypts connections and variables in the metadata database: 32 bytes, URL-safe base64. */
  readonly fernetKey: pulumi.Output<string>;
  /** Signs the tokens of tasks and users: 64 bytes, URL-safe base64. */
  readonly jwtSecret: pulumi.Output<string>;
  /** Signs the sessions of the interface: 64 bytes, URL-safe base64. */
  readonly apiSecretKey: pulumi.Output<string>;
  /** Password of the first account of the interface: 24 letters and digits. */
  readonly adminPassword: pulumi.Output<string>;

  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("pulumi-scaleway-airflow:index:AirflowSecrets", name, {}, opts);
    const text = (suffix: string, args: random.RandomPasswordArgs) =>
      pulumi.secret(new random.RandomPassword(`${name}-${suffix}`, args, { parent: this }).result);

    this.fernetKey = pulumi.secret(text("fernet-key", base64Url(32)).apply(padded));
    this.jwtSecret = text("jwt-secret", base64Url(64));
    this.apiSecretKey = text("api-secret-key", base64Url(64));
    this.adminPassword = text("admin-password", { length: 24, special: false });
    this.registerOutputs({
      fernetKey: this.fernetKey,
      jwtSecret: this.jwtSecret,
      apiSecretKey: this.apiSecretKey,
      adminPassword: this.adminPassword,
    });
  }
}

/**
 * A random text that is that many random bytes in URL-safe base64. `RandomBytes` would say it more plainly, but its
 * resource id is the value itself, and ids are in the open in the state.
 */
function base64Url(bytes: number): random.RandomPasswordArgs {
  return { length: Math.ceil((bytes * 8) / 6), overrideSpecial: "-_" };
}

/** Fernet wants the canonical form: no stray bits in the last digit, and padding. */
function padded(base64: string): string {
  const digits = Buffer.from(base64, "base64url").toString("base64url");
  return digits.padEnd(Math.ceil(digits.length / 4) * 4, "=");
}
