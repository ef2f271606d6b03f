import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ChildServer } from "../childServer";
import { type Config, stateFolder } from "../config";
import { newId } from "../ids";
import type { Model } from "../model";

/** Starts the storage server on loopback. Who may do what is decided before; it checks signatures. */
export function startStorage(config: Config, region: string, port: number): Promise<ChildServer> {
  const folder = (name: string) => stateFolder(config, "storage", name);
  return ChildServer.start({
    binary: config.versitygw,
    args: [
      ...["--port", `127.0.0.1:${port}`, "--region", region],
      ...["--virtual-domain", `s3.${region}.scw.cloud`],
      ...["--iam-dir", folder("accounts"), "--iam-cache-disable", "--disable-acl", "--quiet"],
      ...["posix", "--versioning-dir", folder("versions"), folder("buckets")],
    ],
    env: { ROOT_ACCESS_KEY: newId(), ROOT_SECRET_KEY: newId() }, // nobody uses the root account
    port,
    pidFile: join(folder("."), "pid"),
  });
}

/** Undoes what a crash left half done: a bucket is both in the storage and noted, or neither. */
export function reconcileBuckets(config: Config, { buckets }: Model): void {
  const folder = stateFolder(config, "storage", "buckets");
  for (const name of readdirSync(folder)) {
    if (!buckets.find(name)) rmSync(join(folder, name), { recursive: true });
  }
  for (const { id } of buckets.list()) {
    if (!existsSync(join(folder, id))) buckets.remove(id);
  }
}

/** Tells the storage server the API keys, alone and with each project that they may be used for. */
export function writeAccounts(config: Config, { apiKeys, projects }: Model): void {
  const accounts = apiKeys
    .list()
    .flatMap(({ id, secret_key }) =>
      [id, ...projects.list().map((project) => `${id}@${project.id}`)].map((access) => [
        access,
        { access, secret: secret_key, role: "admin", userID: 0, groupID: 0, projectID: 0 },
      ]),
    );
  const file = join(stateFolder(config, "storage", "accounts"), "users.json");
  const content = JSON.stringify({ accessAccounts: Object.fromEntries(accounts) });
  writeFileSync(`${file}.next`, content, { mode: 0o600 });
  renameSync(`${file}.next`, file);
}
