import { record } from "../mocks";

test("importing the library registers nothing", async () => {
  const { resources } = await record(() => jest.requireActual("../../components"));
  expect(resources).toEqual([]);
});
