import { createHash } from "node:crypto";
import { copyFileSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scripts } from "../../package.json";
import { BaseImages, uvVersion } from "../../tools/baseImages";
import { cacheFolder, makeOnce } from "../../tools/cache";
import { docker } from "./containers";

const locks = ["webserver", "scheduler", "test"].map((group) => `requirements-${group}.txt`);

/** Copies airflow/ to a folder, with the requirements of another version of Airflow, locked and hashed as ours are. */
export async function copyForAirflow(
  version: string,
  folder: string,
  base: Pick<BaseImages, "airflow">,
): Promise<void> {
  cpSync("airflow", folder, { recursive: true });
  const file = join(folder, "pyproject.toml");
  const project = readFileSync(file, "utf8").replace(
    /"apache-airflow==[\d.]+"/,
    `"apache-airflow==${version}"`,
  );
  writeFileSync(file, project);
  const key = createHash("sha256").update(project).digest("hex").slice(0, 12);
  const kept = cacheFolder("airflow-locks", key);
  const copies = locks.map((name) => [join(folder, name), join(kept, name)] as const);
  const keep = async () => {
    await lock(folder, base.airflow);
    for (const [own, copy] of copies) copyFileSync(own, copy);
  };
  await makeOnce(
    `airflow-lock-${version}`,
    key,
    keep,
    copies.map(([, copy]) => copy),
  );
  for (const [own, copy] of copies) copyFileSync(copy, own);
}

/** Runs `npm run airflow:lock` on the folder, where uv and that Python are. */
async function lock(folder: string, image: string): Promise<void> {
  const install = `python3 -m venv /tmp/uv && /tmp/uv/bin/pip install --quiet uv==${uvVersion}`;
  const command = `${install} && export PATH=/tmp/uv/bin:$PATH && ${scripts["airflow:lock"]}`;
  const options = ["--rm", "--user=0", "--env=UV_SYSTEM_CERTS=true", "--workdir=/lock"];
  const own = [`--volume=${folder}:/lock/airflow`, "--entrypoint=bash", image, "-c", command];
  await docker("run", ...options, ...own);
}
