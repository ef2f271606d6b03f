import { readStateFile } from "../../../scripts/adoption/stateFile";
import { resource, state, stateFile, stateOfToday } from "./stateOfToday";

const read = (content: unknown) => readStateFile(stateFile(content));

test("reads what the state manages, with its address and what it is in", () => {
  const found = read(state(stateOfToday()));
  expect(found.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    "namespace lvao-preprod",
    "container lvao-airflow-webserver",
    "container lvao-airflow-scheduler",
    "container lvao-airflow-dag-processor",
    "instance lvao-preprod-webapp",
    "instance lvao-preprod-airflow",
    "database webapp",
    "privilege qfdmo on webapp",
    "database airflow",
    "privilege qfdmo on airflow",
    "bucket lvao-preprod-webapp",
    "bucket lvao-preprod-airflow",
    "bucketAcl lvao-preprod-airflow",
    "registry ns-qfdmo",
  ]);
  expect(found[2]).toMatchObject({
    id: "fr-par/container-scheduler",
    address: "module.airflow_containers.scaleway_container.airflow_scheduler",
    inside: "fr-par/namespace",
    image: "rg.fr-par.scw.cloud/ns-qfdmo/airflow-scheduler:1",
  });
  expect(found.find(({ kind }) => kind === "bucketAcl")).toMatchObject({
    id: "fr-par/lvao-preprod-airflow/private",
    inside: "fr-par/lvao-preprod-airflow",
  });
});

test("tells instances of for_each apart by their key", () => {
  const [, web] = stateOfToday();
  const instances = [{ ...web!.instances[0]!, index_key: "preprod" }];
  const [found] = read(state([{ ...web!, instances }]));
  expect(found!.address).toBe(
    'module.airflow_containers.scaleway_container.airflow_webserver["preprod"]',
  );
});

test.each([
  [
    "another platform",
    state([{ ...resource("x", "y", "z", {}), type: "aws_ecs_service" }]),
    /manages no container of Scaleway.* resources of aws.*Give the state/,
  ],
  ["nothing", state([]), /manages no container of Scaleway.*but nothing/],
  ["another version", { version: 3, modules: [] }, /has the version 3; version 4.*state pull/],
  [
    "OpenTofu's encryption",
    { serial: 1, encrypted_data: "…" },
    /is encrypted by OpenTofu.*tofu state pull > state.json/,
  ],
  ["no JSON", "resource {}", /is no JSON/],
  [
    "another JSON",
    { version: 4, resources: {} },
    /is not a state as Terraform writes it.*resources/s,
  ],
])("refuses a state file of %s, and says what to do", (_what, content, message) => {
  expect(() => read(content)).toThrow(message);
});
