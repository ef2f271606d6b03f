import { AirflowEnvironment } from "../../../components";
import { components, ENVIRONMENT, Place, places } from "../../../scripts/adoption/places";
import { record } from "../../mocks";

test("every place is one that the program has", async () => {
  const { resources } = await record(
    () =>
      new AirflowEnvironment(ENVIRONMENT, {
        prefix: "lvao",
        environment: "preprod",
        dagProcessor: { cpu: 1_000, memory: 1_024 },
        database: { publicAccess: ["203.0.113.7/32"] },
      }),
  );
  const known = resources.map(({ type, name, parent }) => ({ type, name, parent }));
  expect(known).toEqual(expect.arrayContaining([...components]));
  const wanted = Object.values<Place>(places).map(({ type, logicalName: name, parent }) => ({
    type,
    name,
    parent,
  }));
  expect(known).toEqual(expect.arrayContaining(wanted));
});
