import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import { type SecureContext, createSecureContext, rootCertificates } from "node:tls";
import { pki, md } from "node-forge";
import { type Config, stateFolder } from "../config";

/** A certificate and its private key, both PEM. */
export interface KeyPair {
  certificate: string;
  key: string;
}

type Extension = Record<string, unknown> & { name: string };

const years = 365 * 24 * 3600 * 1000;

/** The certificate authority of one emulator, and what it has issued. */
export class CertificateAuthority {
  private readonly own: KeyPair;
  private readonly leafKeys = newKeys();
  private readonly contexts = new Map<string, SecureContext>();
  /** File with the machine's certificates and this authority's. */
  readonly bundle: string;

  constructor(config: Config) {
    const folder = stateFolder(config, "certificates");
    this.own = remember(join(folder, "authority.json"), newAuthority);
    this.bundle = join(folder, "bundle.pem");
    writeFileSync(this.bundle, `${machineCertificates()}\n${this.own.certificate}`);
  }

  /** What a TLS server needs to answer for a host name; made at the first call for that name. */
  contextFor = (host: string): SecureContext => {
    const known = this.contexts.get(host);
    if (known) return known;
    const certificate = issue({
      keys: this.leafKeys,
      commonName: host,
      issuer: this.own,
      extensions: [serverUsage, alternativeNames([asName(host)])],
    });
    const context = createSecureContext({
      cert: `${certificate}\n${this.own.certificate}`,
      key: this.leafKeys.privateKey,
    });
    this.contexts.set(host, context);
    return context;
  };
}

/** The certificate of a database server: its own authority, with its address as name, as recorded ones are. */
export function selfSigned(addresses: string[]): KeyPair {
  const keys = newKeys();
  const [name = "localhost"] = addresses;
  const certificate = issue({
    keys,
    commonName: name,
    extensions: [alternativeNames([{ type: 2, value: name }, ...addresses.map(asName)])],
  });
  return { certificate, key: keys.privateKey };
}

const serverUsage: Extension = { name: "extKeyUsage", serverAuth: true };

type AlternativeName = { type: 7; ip: string } | { type: 2; value: string };

const asName = (name: string): AlternativeName =>
  isIP(name) ? { type: 7, ip: name } : { type: 2, value: name };

const alternativeNames = (altNames: AlternativeName[]): Extension => ({
  name: "subjectAltName",
  altNames,
});

function newAuthority(): KeyPair {
  const keys = newKeys();
  const certificate = issue({
    keys,
    commonName: "Scaleway emulator",
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { certificate, key: keys.privateKey };
}

function issue(options: {
  keys: { publicKey: string; privateKey: string };
  commonName: string;
  issuer?: KeyPair;
  extensions: Extension[];
}): string {
  const { keys, commonName, issuer, extensions } = options;
  const certificate = pki.createCertificate();
  const subject = [{ name: "commonName", value: commonName.slice(0, 64) }];
  certificate.publicKey = pki.publicKeyFromPem(keys.publicKey);
  certificate.serialNumber = `00${randomBytes(15).toString("hex")}`;
  certificate.validity.notBefore = new Date(Date.now() - 3600 * 1000);
  certificate.validity.notAfter = new Date(Date.now() + (issuer ? 2 : 10) * years);
  certificate.setSubject(subject);
  certificate.setIssuer(
    issuer ? pki.certificateFromPem(issuer.certificate).subject.attributes : subject,
  );
  certificate.setExtensions(extensions);
  certificate.sign(pki.privateKeyFromPem(issuer?.key ?? keys.privateKey), md.sha256.create());
  return pki.certificateToPem(certificate).replaceAll("\r\n", "\n");
}

function newKeys() {
  return generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
}

function remember(file: string, make: () => KeyPair): KeyPair {
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(make()), { mode: 0o600 });
  return JSON.parse(readFileSync(file, "utf8")) as KeyPair;
}

function machineCertificates(): string {
  const files = [process.env.SSL_CERT_FILE, "/etc/ssl/certs/ca-certificates.crt"];
  const file = files.find((candidate) => candidate && existsSync(candidate));
  return file ? readFileSync(file, "utf8") : rootCertificates.join("\n");
}
