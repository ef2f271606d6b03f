import * as pulumi from "@pulumi/pulumi";
import { AirflowEnvironment, ExistingArgs } from "../../components";
import { record, resolved } from "../mocks";

const database = {
  endpoint: pulumi.output("10.0.0.5:6432"),
  name: "flow",
  username: "who",
  password: "p@ss",
  certificate: "the authority's certificate",
};

const build = (existing: ExistingArgs) =>
  record(
    () => new AirflowEnvironment("airflow", { prefix: "lvao", environment: "preprod", existing }),
  );

const typesOf = async (existing: ExistingArgs) =>
  (await build(existing)).resources.map(({ type }) => type);
const containersOf = async (existing: ExistingArgs) =>
  (await build(existing)).resources
    .filter(({ type }) => type === "scaleway:containers/container:Container")
    .map(({ inputs }) => inputs);

test("in a namespace that exists, only the containers are made", async () => {
  const existing = { namespaceId: "fr-par/theirs" };
  expect(await typesOf(existing)).not.toContain("scaleway:containers/namespace:Namespace");
  const namespaces = (await containersOf(existing)).map(({ namespaceId }) => namespaceId);
  expect(namespaces).toEqual(["fr-par/theirs", "fr-par/theirs"]);
});

test("images go to a registry that exists", async () => {
  const { resources } = await build({ registryEndpoint: "rg.fr-par.scw.cloud/acme" });
  expect(resources.map(({ type }) => type)).not.toContain("scaleway:registry/namespace:Namespace");
  const images = resources.filter(({ type }) => type === "docker:index/image:Image");
  expect(images.map(({ inputs }) => inputs.imageName)).toEqual([
    "rg.fr-par.scw.cloud/acme/lvao-airflow-scheduler:latest",
    "rg.fr-par.scw.cloud/acme/lvao-airflow-webserver:latest",
  ]);
});

test("database and containers join a network that exists", async () => {
  const { resources } = await build({ privateNetworkId: "fr-par/net" });
  const inputs = (type: string) =>
    resources.filter((each) => each.type === type).map((each) => each.inputs);
  expect(inputs("scaleway:network/privateNetwork:PrivateNetwork")).toEqual([]);
  expect(inputs("scaleway:databases/instance:Instance")).toMatchObject([
    { privateNetwork: { pnId: "fr-par/net" } },
  ]);
  for (const { privateNetworkId } of inputs("scaleway:containers/container:Container")) {
    expect(privateNetworkId).toBe("fr-par/net");
  }
});

test("on a database that exists, nothing of a database is made, and its password is secret", async () => {
  const { result, resources } = await build({ database });
  expect(resources.filter(({ type }) => /databases|:Database$/.test(type))).toEqual([]);
  expect(await resolved(result.databaseUri)).toEqual({
    value: expect.stringMatching(/^postgresql\+psycopg2:\/\/who:p%40ss@10\.0\.0\.5:6432\/flow\?/),
    secret: true,
  });
  expect((await resolved(result.databasePublicEndpoint)).value).toBeUndefined();
  const environment = resources.find(({ name }) => name === "airflow")!;
  expect(environment.inputs.existing).toMatchObject({ database: { password: { secret: "p@ss" } } });
  const [webserver] = await containersOf({ database });
  expect(webserver!.environmentVariables).toMatchObject({
    AIRFLOW_DATABASE_CERTIFICATE: "the authority's certificate",
  });
});
