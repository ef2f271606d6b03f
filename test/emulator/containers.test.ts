import { publicEndpoint } from "../../emulator/containers/naming";
import type { Container } from "../../emulator/records";
import { Operations } from "../../emulator/operations";
import {
  containerNamespaceRoutes,
  resumeContainerNamespaces,
} from "../../emulator/products/containerNamespaces";
import { Containers } from "../../emulator/products/containers";
import { TestApi, newModel } from "./fixtures";

const base = "/containers/v1/regions/fr-par";

async function newApi() {
  const model = newModel();
  const operations = new Operations();
  const deployed: Container[] = [];
  let failure: Error | undefined;
  const containers = new Containers(model, operations, {
    deploy: async (container) => {
      deployed.push(container);
      if (failure) throw failure;
    },
    resume: async () => {},
    interrupt: () => {},
    remove: async () => {},
  });
  const api = new TestApi(
    model,
    containers.routes,
    containerNamespaceRoutes(model, operations, containers.deleteAll),
  );
  const { body: namespace } = await api.post(`${base}/namespaces`, { name: "a-namespace" });
  const create = (fields: object = {}) =>
    api.post(`${base}/containers`, {
      namespace_id: namespace.id,
      name: "web",
      image: "registry/image:1",
      privacy: "public",
      sandbox: "unknown_sandbox",
      environment_variables: null,
      tags: null,
      ...fields,
    });
  const failWith = (error: Error) => (failure = error);
  return { api, model, operations, deployed, namespace, create, failWith };
}

describe("public endpoints", () => {
  it.each([
    [
      "tf-acctest-private-network",
      "b8a99bd6-454e-4c0f-80ac-dcb284c75e51",
      "test-acc-container-pn-to-stay",
      "https://tfacctestprivatenetwb8a99bd6-test-acc-container-pn-to-stay.functions.fnc.fr-par.scw.cloud",
    ],
    [
      "tf-acctest-env",
      "e655373c-b27f-4096-b60e-3c519973294c",
      "tf-co-upbeat-pike",
      "https://tfacctestenve655373c-tf-co-upbeat-pike.functions.fnc.fr-par.scw.cloud",
    ],
  ])("are those recorded, for %s", (name, id, container, endpoint) => {
    expect(publicEndpoint({ name, id }, container, "fr-par")).toBe(endpoint);
  });
});

describe("containers", () => {
  it("are answered as created at first, with the platform's defaults, and ready when they are", async () => {
    const { api, create } = await newApi();
    const { body } = await create();
    expect(body).toMatchObject({
      status: "creating",
      min_scale: 0,
      max_scale: 5,
      memory_limit_bytes: 2_048_000_000,
      mvcpu_limit: 1000,
      timeout: "300s",
      sandbox: "v2",
      local_storage_limit_bytes: 1_000_000_000,
      scaling_option: { concurrent_requests_threshold: 50 },
      liveness_probe: { failure_threshold: 30, interval: "10s", timeout: "1s", tcp: {} },
      startup_probe: null,
      environment_variables: {},
      tags: [],
    });
    expect(body).not.toHaveProperty("private_network_id");
    const { body: read } = await api.get(`${base}/containers/${body.id}`);
    expect(read).toMatchObject({ status: "ready", error_message: "" });
  });

  it("are in error, with the reason, when they cannot be deployed", async () => {
    const { api, create, failWith } = await newApi();
    failWith(new Error("Container is unable to start OR is not listening on port 8080"));
    const { body } = await create();
    expect((await api.get(`${base}/containers/${body.id}`)).body).toMatchObject({
      status: "error",
      error_message: "Container is unable to start OR is not listening on port 8080",
    });
  });

  it("are read in a transient state where reads answer at once, and refuse changes then", async () => {
    const { api, operations, create } = await newApi();
    const { body } = await create();
    await operations.finished(body.id);
    operations.answerAtOnce = true;
    let release = () => {};
    operations.start(body.id, () => new Promise((resolve) => (release = resolve)));
    await api.patch(`${base}/containers/${body.id}`, { image: "registry/image:2" });
    expect((await api.get(`${base}/containers/${body.id}`)).body.status).toBe("updating");
    expect(await api.patch(`${base}/containers/${body.id}`, { port: 80 })).toMatchObject({
      status: 409,
      body: { type: "transient_state", current_state: "updating" },
    });
    release();
    operations.answerAtOnce = false;
    expect((await api.get(`${base}/containers/${body.id}`)).body.status).toBe("ready");
  });

  it("are deployed again by the same image, but not by a tag", async () => {
    const { api, deployed, create } = await newApi();
    const { body } = await create();
    const change = async (fields: object) => {
      await api.patch(`${base}/containers/${body.id}`, fields);
      await api.get(`${base}/containers/${body.id}`);
    };
    await change({ tags: ["x"], privacy: "unknown_privacy" });
    expect(deployed).toHaveLength(1);
    await change({ image: "registry/image:1" });
    expect(deployed).toHaveLength(2);
  });

  it("keep probes in the API's form", async () => {
    const { create } = await newApi();
    const { body } = await create({
      startup_probe: {
        failure_threshold: 5,
        interval: "15.000000000s",
        timeout: "60.500000000s",
        http: { path: "/up" },
      },
    });
    expect(body.startup_probe).toEqual({
      failure_threshold: 5,
      interval: "15s",
      timeout: "60.5s",
      http: { path: "/up" },
    });
  });

  it("leave their private network by an empty id", async () => {
    const { api, model, create } = await newApi();
    model.privateNetworks.put({ id: "pn", region: "fr-par" } as never);
    const { body } = await create({ private_network_id: "pn" });
    await api.get(`${base}/containers/${body.id}`);
    const { body: left } = await api.patch(`${base}/containers/${body.id}`, {
      private_network_id: "",
    });
    expect(left).not.toHaveProperty("private_network_id");
  });

  it.each([
    [{ port: 8012 }, "port"],
    [{ memory_limit_bytes: 1 }, "memory_limit_bytes"],
    [{ mvcpu_limit: 7000 }, "mvcpu_limit"],
    [{ name: "Not_Good" }, "name"],
    [{ environment_variables: { PORT: "1" } }, "environment_variables.PORT"],
    [{ environment_variables: { SCW_X: "1" } }, "environment_variables.SCW_X"],
    [
      { secret_environment_variables: { LONG: "x".repeat(65_537) } },
      "secret_environment_variables.LONG",
    ],
    [{ scaling_option: { cpu_usage_threshold: 50 } }, "min_scale"],
    [{ image: undefined }, "image"],
  ])("refuse %j", async (fields, argument_name) => {
    const { create } = await newApi();
    const answer = await create(fields);
    expect(answer).toMatchObject({ status: 400, body: { type: "invalid_arguments" } });
    expect(answer.body.details[0]).toMatchObject({ argument_name });
  });

  it("have names of their own in a namespace, and go with it", async () => {
    const { api, create, namespace } = await newApi();
    const { body } = await create();
    expect(await create()).toMatchObject({ status: 409, body: { type: "already_exists" } });
    expect((await api.delete(`${base}/namespaces/${namespace.id}`)).body.status).toBe("deleting");
    expect((await api.get(`${base}/namespaces/${namespace.id}`)).status).toBe(404);
    expect((await api.get(`${base}/containers/${body.id}`)).status).toBe(404);
  });
});

test("a namespace that a crash left in a transient state goes on to its end", async () => {
  const { api, model, namespace } = await newApi();
  const { body: doomed } = await api.post(`${base}/namespaces`, { name: "doomed" });
  model.containerNamespaces.change(namespace.id, { status: "updating" });
  model.containerNamespaces.change(doomed.id, { status: "deleting" });
  const operations = new Operations();
  resumeContainerNamespaces(model, operations, async () => {});
  await operations.allFinished(1_000);
  expect(model.containerNamespaces.list().map(({ name, status }) => [name, status])).toEqual([
    ["a-namespace", "ready"],
  ]);
});

describe("secret variables", () => {
  it("are answered as hashes that stay, and change only as asked", async () => {
    const { api, model, create } = await newApi();
    const { body } = await create({ secret_environment_variables: { KEPT: "1", GONE: "2" } });
    const before = body.secret_environment_variables;
    expect(before.KEPT).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    await api.get(`${base}/containers/${body.id}`);
    const { body: changed } = await api.patch(`${base}/containers/${body.id}`, {
      secret_environment_variables: { KEPT: "", EMPTY: "" },
    });
    const after = changed.secret_environment_variables;
    expect(Object.keys(after)).toEqual(["KEPT", "EMPTY"]);
    expect(after.KEPT).toBe(before.KEPT);
    expect(model.secrets.get(body.id).values).toEqual({ KEPT: "1", EMPTY: "" });
  });
});
