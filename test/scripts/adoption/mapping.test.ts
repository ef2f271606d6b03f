import { resourceNames } from "../../../components/names";
import type { Found } from "../../../scripts/adoption/found";
import { mapPlaces, Wishes } from "../../../scripts/adoption/mapping";
import { readStateFile } from "../../../scripts/adoption/stateFile";
import { PROJECT, state, stateFile, stateOfToday } from "./stateOfToday";

const today = () => readStateFile(stateFile(state(stateOfToday())));
const names = resourceNames("lvao", "preprod");

const map = (found: Found[], wishes: Partial<Wishes> = {}) =>
  Object.fromEntries(
    Object.entries(mapPlaces(found, { names, map: {}, project: PROJECT, ...wishes })).map(
      ([place, { id }]) => [place, id],
    ),
  );

const expected = {
  namespace: "fr-par/namespace",
  webserver: "fr-par/container-webserver",
  scheduler: "fr-par/container-scheduler",
  dagProcessor: "fr-par/container-dag-processor",
  instance: "fr-par/instance-airflow",
  database: "fr-par/instance-airflow/airflow",
  privilege: "fr-par/instance-airflow/airflow/qfdmo",
  bucket: "fr-par/lvao-preprod-airflow",
  bucketAcl: "fr-par/lvao-preprod-airflow/private",
  registry: "fr-par/registry",
};

const found = (kind: Found["kind"], name: string, more: Partial<Found> = {}): Found => ({
  kind,
  name,
  id: `fr-par/${name}`,
  address: `scaleway_${kind}.${name}`,
  project: PROJECT,
  ...more,
});

test("finds what has our names, among all else that the state describes", () => {
  expect(map(today())).toEqual(expected);
});

test("two containers are enough, and what is not there is made", () => {
  const without = /dag-processor|ns-qfdmo/;
  const rest = Object.entries(expected).filter(([name]) => !/dagProcessor|registry/.test(name));
  expect(map(today().filter(({ name }) => !without.test(name)))).toEqual(Object.fromEntries(rest));
});

test("takes what the user names: by name, id or address", () => {
  const renamed = today().map((each) => ({ ...each, name: each.name.replace("lvao", "old") }));
  const wishes = {
    namespace: "old-preprod",
    webserver: "fr-par/container-webserver",
    scheduler: "container-scheduler",
    dagProcessor: "module.airflow_containers.scaleway_container.airflow_dag-processor",
    instance: "old-preprod-airflow",
    bucket: "old-preprod-airflow",
  };
  expect(map(renamed, { map: wishes })).toEqual(expected);
});

test("a user that is not the administrator is taken over, with its privilege", () => {
  const inside = "fr-par/instance-airflow";
  const all = [
    ...today(),
    found("user", "flow", { id: `${inside}/flow`, inside, user: "flow" }),
    found("privilege", "flow on airflow", {
      id: `${inside}/airflow/flow`,
      inside,
      user: "flow",
      database: "airflow",
    }),
  ];
  const connection = { userName: "flow", databaseName: "airflow" };
  expect(map(all, { connection })).toEqual({
    ...expected,
    user: `${inside}/flow`,
    privilege: `${inside}/airflow/flow`,
  });
});

test("the network is the one that the containers or the database are in", () => {
  const networks = [found("network", "one"), found("network", "two")];
  const joined = today().map((each) =>
    each.kind === "container" ? { ...each, networks: ["fr-par/two"] } : each,
  );
  expect(map([...joined, ...networks])).toEqual({ ...expected, network: "fr-par/two" });
});

test("a registry that others use too is not taken over", () => {
  const other = found("container", "web", { inside: "fr-par/x", image: today()[1]!.image });
  expect(map([...today(), other])).not.toHaveProperty("registry");
});

test("an allow list for everybody is none", () => {
  const list = (ip: string) =>
    found("allowList", "list", { inside: "fr-par/instance-airflow", ranges: [ip] });
  expect(map([...today(), list("203.0.113.7/32")])).toHaveProperty("allowList");
  expect(map([...today(), list("0.0.0.0/0")])).not.toHaveProperty("allowList");
});

test("what the settings say exists already is left alone", () => {
  const rest = map(today(), { without: ["instance", "bucket"] });
  expect(Object.keys(rest)).toEqual([
    "namespace",
    "webserver",
    "scheduler",
    "dagProcessor",
    "registry",
  ]);
});

describe("refuses, and says what to do,", () => {
  const refusal = (all: Found[], wishes: Partial<Wishes> = {}) => {
    try {
      map(all, wishes);
    } catch (error) {
      return (error as Error).message;
    }
    return "nothing";
  };

  test("a name that does not match", () => {
    expect(refusal(today(), { map: { scheduler: "lvao-airflow-shceduler" } })).toMatch(
      /lvao-airflow-shceduler is no scheduler's container; did you mean --map scheduler=lvao-airflow-scheduler\?/,
    );
    const others = today().map((each) =>
      each.kind === "container" ? { ...each, name: each.name.replace("lvao-", "") } : each,
    );
    expect(refusal(others)).toMatch(
      /No webserver's container is called lvao-airflow-webserver. There are: airflow-webserver .*--map webserver=airflow-webserver/,
    );
  });

  test("a second database", () => {
    const renamed = today().filter(({ name }) => name !== "lvao-preprod-airflow");
    const two = [
      ...renamed,
      found("instance", "one"),
      found("instance", "two"),
      found("bucket", "lvao-preprod-airflow"),
    ].filter(({ name }) => name !== "lvao-preprod-webapp");
    expect(refusal(two)).toMatch(
      /No database instance is called lvao-preprod-airflow. There are: one \(scaleway_instance.one\), two \(.*--map instance=/,
    );
    const inside = { inside: "fr-par/instance-airflow" };
    expect(refusal([...today(), found("database", "second", inside)])).toMatch(
      /There are 2 for the database in the instance. There are: airflow .* second .*--map database=/,
    );
  });

  test("a bucket of another project", () => {
    const all = today().map((each) =>
      each.kind === "bucket" ? { ...each, project: "theirs" } : each,
    );
    expect(refusal(all)).toMatch(
      /The log bucket lvao-preprod-airflow belongs to the project theirs, the environment to 1111.*airflow:logs.existingBucket/,
    );
  });

  test("a place that there is not, and everything else at once", () => {
    const noBucket = today().filter(({ kind }) => kind !== "bucket");
    expect(refusal(noBucket, { map: { web: "x" } })).toMatch(
      /--map web: there is no such place; known are namespace, webserver.*\n.*There is no log bucket/s,
    );
  });
});
