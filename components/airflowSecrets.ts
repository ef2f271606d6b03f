import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { AdoptedSecretsArgs, withSecretsHidden } from "./adopted";
import { eachGeneration } from "./rotation";

/** Arguments of `AirflowSecrets`, with the generation of each secret: raise a number by one to rotate the secret. */
export interface AirflowSecretsArgs {
  /** Generation of the key that encrypts connections. Default 1. */
  readonly fernetKey?: number;
  /** Generation of the keys that sign tokens and sessions. Default 1. */
  readonly jwtSecret?: number;
  /** Generation of the first account's password. Default 1. */
  readonly adminPassword?: number;
  /** Secrets that are the first generation, instead of generated ones. Default: none. */
  readonly adopted?: AdoptedSecretsArgs;
}

/** Secrets that Airflow needs and nobody has to know: generated once, stable in the state, secret everywhere. */
export class AirflowSecrets extends pulumi.ComponentResource {
  /**
   * Encrypts connections and variables in the metadata database: 32 bytes, URL-safe base64. After a rotation the former
   * keys follow, separated by commas: Airflow writes with the first and reads with any.
   */
  readonly fernetKey: pulumi.Output<string>;
  /** Signs the tokens of tasks and users: 64 bytes, URL-safe base64. */
  readonly jwtSecret: pulumi.Output<string>;
  /** Id of `jwtSecret` in the tokens that it signs. */
  readonly jwtKeyId: string;
  /** The secret before `jwtSecret`, if there was one. Tasks and users still hold tokens of it; no older one counts. */
  readonly formerJwtSecret?: pulumi.Output<string>;
  /** Signs the sessions of the interface: 64 bytes, URL-safe base64. */
  readonly apiSecretKey: pulumi.Output<string>;
  /** Password of the first account of the interface: 24 letters and digits. */
  readonly adminPassword: pulumi.Output<string>;

  constructor(name: string, args: AirflowSecretsArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("pulumi-scaleway-airflow:index:AirflowSecrets", name, withSecrets(args), opts);
    const { fernetKey = 1, jwtSecret = 1, adminPassword = 1, adopted = {} } = args;
    const texts = (
      suffix: string,
      newest: number,
      of: random.RandomPasswordArgs,
      first?: pulumi.Input<string>,
    ) =>
      eachGeneration(newest, (generation) =>
        pulumi.secret(
          generation === 1 && first !== undefined
            ? first
            : new random.RandomPassword(`${name}-${suffix}-${generation}`, of, { parent: this })
                .result,
        ),
      );

    this.fernetKey = pulumi.secret(
      pulumi
        .all(texts("fernet-key", fernetKey, base64Url(32), adopted.fernetKey))
        .apply((keys) => keys.join(",").split(",").map(padded).join(",")),
    );
    [this.jwtSecret, this.formerJwtSecret] = texts(
      "jwt-secret",
      jwtSecret,
      base64Url(64),
      adopted.jwtSecret,
    );
    this.jwtKeyId = String(jwtSecret);
    [this.apiSecretKey] = texts("api-secret-key", jwtSecret, base64Url(64), adopted.apiSecretKey);
    [this.adminPassword] = texts("admin-password", adminPassword, { length: 24, special: false });
    this.registerOutputs({
      fernetKey: this.fernetKey,
      jwtSecret: this.jwtSecret,
      apiSecretKey: this.apiSecretKey,
      adminPassword: this.adminPassword,
    });
  }
}

/** Component arguments are kept in the state, so what is secret must be so before it gets there. */
const withSecrets = (args: AirflowSecretsArgs): pulumi.Inputs =>
  args.adopted ? { ...args, adopted: withSecretsHidden(args.adopted) } : args;

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
