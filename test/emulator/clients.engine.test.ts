import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkServerIdentity } from "node:tls";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { Client } from "pg";
import { ensureBaseImages } from "../../tools/baseImages";
import { dockerClient } from "../../tools/docker";
import { Emulator } from "../../scripts/emulator";
import { s3Client } from "../../scripts/logs";
import { ensureServers } from "../../tools/servers";
import type { Toolbox } from "../../tools/setup";
import { run } from "../../tools/shell";

const minute = 60_000;
const regional = "regions/fr-par";
const password = "thiZ_is_v&ry_s3cret";
/** An HTTP server in the language that every Debian has: it answers its greeting and who asks. */
const server = `
  use IO::Socket::INET;
  my $listener = IO::Socket::INET->new(LocalPort => $ENV{PORT}, Listen => 5, ReuseAddr => 1);
  while (my $client = $listener->accept) {
    my ($host, $proto);
    while (my $line = <$client>) {
      $host = $1 if $line =~ /^x-forwarded-host: (\\S+)/i;
      $proto = $1 if $line =~ /^x-forwarded-proto: (\\S+)/i;
      last if $line =~ /^\\s*$/;
    }
    my $body = "$ENV{GREETING} from $proto://$host";
    print $client "HTTP/1.1 200 OK\\r\\nContent-Length: " . length($body) . "\\r\\nConnection: close\\r\\n\\r\\n$body";
    close $client;
  }`;

const folder = mkdtempSync(join(tmpdir(), "emulator-"));
let toolbox: Pick<Toolbox, "servers" | "images">;
let emulator: Emulator;

beforeAll(async () => {
  toolbox = { images: await ensureBaseImages(), servers: await ensureServers() };
  emulator = await Emulator.start(folder, toolbox);
}, 30 * minute);

afterAll(async () => {
  await emulator?.erase();
  rmSync(folder, { recursive: true, force: true });
}, minute);

async function api(method: string, path: string, body?: object): Promise<any> {
  const response = await fetch(`${emulator.env.SCW_API_URL}${path}`, {
    method,
    headers: {
      "x-auth-token": emulator.env.SCW_SECRET_KEY!,
      ...(body && { "content-type": "application/json" }),
    },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  return text ? JSON.parse(text) : undefined;
}

async function restart(): Promise<void> {
  await emulator.stop();
  emulator = await Emulator.start(folder, toolbox);
}

describe("an S3 client", () => {
  const bucket = "emulator-test";
  const key = "a folder/é + 1.txt";

  it(
    "creates a bucket, and puts, reads, lists and deletes an object, over a restart",
    async () => {
      await s3Client(emulator.env).send(new CreateBucketCommand({ Bucket: bucket }));
      await s3Client(emulator.env).send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: "hello" }),
      );
      await restart();
      const client = s3Client(emulator.env);
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      expect(await Body!.transformToString()).toBe("hello");
      const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
      expect(Contents).toMatchObject([{ Key: key, Size: 5 }]);
      await expect(client.send(new DeleteBucketCommand({ Bucket: bucket }))).rejects.toMatchObject({
        name: "BucketNotEmpty",
      });
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
    minute,
  );

  it("is refused with a wrong key", async () => {
    const stranger = s3Client({ ...emulator.env, AWS_SECRET_ACCESS_KEY: "wrong" });
    await expect(stranger.send(new ListObjectsV2Command({ Bucket: bucket }))).rejects.toMatchObject(
      { name: "SignatureDoesNotMatch" },
    );
  });

  it("deletes the bucket", async () => {
    await s3Client(emulator.env).send(new DeleteBucketCommand({ Bucket: bucket }));
    expect((await emulator.resources()).buckets).toEqual([]);
  });
});

describe("a container", () => {
  let namespace: string;
  let registry: { id: string; endpoint: string };
  let path: string;

  const answer = async () => {
    const { local_url } = await emulator.container("emulator-test", "greeter");
    return (await fetch(local_url)).text();
  };

  beforeAll(async () => {
    const docker = await dockerClient();
    registry = await api("POST", `/registry/v1/${regional}/namespaces`, { name: "emulator-test" });
    const [host] = registry.endpoint.split("/");
    const config = ["--config", join(folder, "docker")]; // leaves the user's own log-ins alone
    const image = `${registry.endpoint}/debian:latest`;
    await run(docker, [...config, "login", "--username=nologin", "--password-stdin", host!], {
      input: emulator.env.SCW_SECRET_KEY!,
    });
    await run(docker, ["tag", toolbox.images.debian, image]);
    const pushed = await run(docker, [...config, "push", image]);
    const [digest] = /sha256:[0-9a-f]{64}(?= size)/.exec(pushed)!;
    ({ id: namespace } = await api("POST", `/containers/v1/${regional}/namespaces`, {
      name: "emulator-test",
    }));
    const { id } = await api("POST", `/containers/v1/${regional}/containers`, {
      namespace_id: namespace,
      name: "greeter",
      image: `${registry.endpoint}/debian@${digest}`,
      command: ["perl", "-e", server],
      secret_environment_variables: { GREETING: "hello" },
      memory_limit_bytes: 256_000_000,
    });
    path = `/containers/v1/${regional}/containers/${id}`;
  }, 3 * minute);

  it(
    "is ready when it listens, and answers as behind its address",
    async () => {
      expect(await api("GET", path)).toMatchObject({ status: "ready", error_message: "" });
      const { local_url } = await emulator.container("emulator-test", "greeter");
      expect(await answer()).toBe(`hello from ${local_url}`);
    },
    minute,
  );

  it(
    "goes on to serve when its successor does not become ready",
    async () => {
      await api("PATCH", path, { args: ["exit"], command: ["false"] });
      expect(await api("GET", path)).toMatchObject({
        status: "error",
        error_message: "Container is unable to start OR is not listening on port 8080",
      });
      expect(await answer()).toMatch(/^hello/);
    },
    minute,
  );

  it(
    "is replaced by a successor that does",
    async () => {
      await api("PATCH", path, {
        args: [],
        command: ["perl", "-e", server],
        secret_environment_variables: { GREETING: "good bye" },
      });
      expect(await api("GET", path)).toMatchObject({ status: "ready", error_message: "" });
      expect(await answer()).toMatch(/^good bye/);
    },
    minute,
  );

  it(
    "is there again, with its address, after a restart",
    async () => {
      const before = await emulator.container("emulator-test", "greeter");
      await restart();
      expect((await api("GET", path)).status).toBe("ready");
      expect(await emulator.container("emulator-test", "greeter")).toEqual(before);
      expect(await answer()).toMatch(/^good bye/);
    },
    minute,
  );

  it(
    "leaves nothing behind",
    async () => {
      await api("DELETE", `/containers/v1/${regional}/namespaces/${namespace}`);
      await api("DELETE", `/registry/v1/${regional}/namespaces/${registry.id}`);
      await api("GET", `/containers/v1/${regional}/namespaces/${namespace}`);
      await api("GET", `/registry/v1/${regional}/namespaces/${registry.id}`);
      expect(await emulator.resources()).toMatchObject({
        containers: [],
        container_namespaces: [],
        registry_namespaces: [],
        docker: { containers: [] },
      });
    },
    minute,
  );
});

describe("a database", () => {
  let network: string;
  let path: string;

  const certificateOf = async () => {
    const { content } = await api("GET", `${path}/certificate`);
    return Buffer.from(content, "base64").toString();
  };

  /** Works in the database as a user through the public endpoint, over TLS, trusting one certificate only. */
  async function as<T>(
    user: string,
    work: (client: Client) => Promise<T>,
    ca?: string,
  ): Promise<T> {
    const { endpoint } = await api("GET", path);
    const { ip: host, port } = endpoint;
    ca ??= await certificateOf();
    const client = new Client({
      ...{ host, port, user, password, database: "things" },
      ssl: {
        ca,
        checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate),
      },
    });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  const permissionOf = async (user: string) => {
    const query = `database_name=things&user_name=${user}`;
    return (await api("GET", `${path}/privileges?${query}`)).privileges[0].permission;
  };

  beforeAll(async () => {
    ({ id: network } = await api("POST", `/vpc/v2/${regional}/private-networks`, { name: "test" }));
    const { id } = await api("POST", `/rdb/v1/${regional}/instances`, {
      name: "test",
      engine: "PostgreSQL-16",
      node_type: "db-dev-s",
      user_name: "admin",
      password,
      init_endpoints: [
        { private_network: { private_network_id: network, ipam_config: {} } },
        { load_balancer: {} },
      ],
    });
    path = `/rdb/v1/${regional}/instances/${id}`;
    expect((await api("GET", path)).status).toBe("ready");
    await api("POST", `${path}/databases`, { name: "things" });
    for (const name of ["owner", "reader"]) await api("POST", `${path}/users`, { name, password });
  }, 3 * minute);

  it("lets nobody in without a privilege", async () => {
    await expect(as("reader", async () => {})).rejects.toThrow(/permission denied/);
    expect(await permissionOf("reader")).toBe("none");
  });

  it("gives the rights of a privilege, which a later table makes custom", async () => {
    const grant = (user_name: string, permission: string) =>
      api("PUT", `${path}/privileges`, { database_name: "things", user_name, permission });
    await grant("owner", "all");
    await grant("reader", "readonly");
    expect(await permissionOf("reader")).toBe("readonly");
    await as("owner", (client) => client.query("CREATE TABLE thing AS SELECT 1 AS one"));
    expect(await permissionOf("owner")).toBe("all");
    expect(await permissionOf("reader")).toBe("custom");
    await grant("reader", "readonly");
    const { rows } = await as("reader", (client) => client.query("SELECT one FROM thing"));
    expect(rows).toEqual([{ one: 1 }]);
    const write = as("reader", (client) => client.query("INSERT INTO thing VALUES (2)"));
    await expect(write).rejects.toThrow(/permission denied/);
  });

  it(
    "is out of reach of everything outside its private network, this machine included",
    async () => {
      const { endpoints } = await api("GET", path);
      const [{ ip: host, port }] = endpoints;
      const docker = await dockerClient();
      const { docker: objects } = await emulator.resources();
      const inside = objects.networks.find((name) => name.endsWith(network.slice(0, 8)))!;
      // A gateway on the way may take any connection: only PostgreSQL answers a request for TLS with S.
      const look = `
        $SIG{ALRM} = sub { print "closed"; exit };
        alarm 3;
        my $server = IO::Socket::INET->new("${host}:${port}") or alarm(0), print("closed"), exit;
        syswrite $server, pack("NN", 8, 80877103);
        sysread $server, my $answer, 1;
        print $answer eq "S" ? "open" : "closed";`;
      const perl = ["perl", "-MIO::Socket::INET", "-e", look];
      const from = (name: string) =>
        run(docker, ["run", "--rm", `--network=${name}`, toolbox.images.debian, ...perl]);
      expect(await from(inside)).toBe("open");
      expect(await from("bridge")).toBe("closed");
      expect(await run(perl[0]!, perl.slice(1))).toBe("closed");
    },
    minute,
  );

  it("lets in through the public endpoint whom its rules name", async () => {
    const allow = (ip: string) =>
      api("PUT", `${path}/acls`, { rules: [{ ip, description: "test" }] });
    await allow("198.51.100.0/24");
    await expect(as("owner", async () => {})).rejects.toThrow(/no pg_hba.conf entry/);
    await allow("0.0.0.0/0");
    await as("owner", async () => {});
  });

  it(
    "shows a new certificate after a renewal, and the former is of no use",
    async () => {
      const former = await certificateOf();
      await as("owner", async () => {}, former);
      await api("POST", `${path}/renew-certificate`, {});
      expect((await api("GET", path)).status).toBe("ready");
      await as("owner", async () => {});
      await expect(as("owner", async () => {}, former)).rejects.toThrow(/self-signed certificate/);
    },
    minute,
  );

  it(
    "keeps its data and its backups over a restart, and a dropped database comes back from one",
    async () => {
      const things = () => as("owner", (client) => client.query("SELECT one FROM thing"));
      const backups = `/rdb/v1/${regional}/backups`;
      const instance_id = path.split("/").pop();
      const { id } = await api("POST", backups, {
        instance_id,
        database_name: "things",
        name: "b",
      });
      const backup = await api("GET", `${backups}/${id}`);
      expect(backup).toMatchObject({
        status: "ready",
        same_region: false,
        size: expect.any(Number),
      });
      await restart();
      expect((await api("GET", path)).status).toBe("ready");
      expect((await things()).rows).toEqual([{ one: 1 }]);

      await api("DELETE", `${path}/databases/things`);
      await expect(things()).rejects.toThrow(/does not exist/);
      await api("POST", `${backups}/${id}/restore`, { instance_id, database_name: "things" });
      expect((await api("GET", `${backups}/${id}`)).status).toBe("ready");
      await expect(things()).rejects.toThrow(/permission denied for database/);
      await api("PUT", `${path}/privileges`, {
        ...{ database_name: "things", user_name: "owner", permission: "all" },
      });
      expect((await things()).rows).toEqual([{ one: 1 }]);
      await as("owner", (client) => client.query("ALTER TABLE thing ADD two int"));
      await api("DELETE", `${backups}/${id}`);
      expect((await api("GET", `${backups}/${id}`)).type).toBe("not_found");
    },
    minute,
  );

  it(
    "holds its private network, and leaves nothing behind",
    async () => {
      const vpcPath = `/vpc/v2/${regional}/private-networks/${network}`;
      expect((await api("DELETE", vpcPath)).type).toBe("precondition_failed");
      await api("DELETE", path);
      await api("DELETE", vpcPath);
      expect(await emulator.resources()).toMatchObject({
        database_instances: [],
        private_networks: [],
        docker: { containers: [], volumes: [] },
      });
    },
    minute,
  );
});
