import { longestChain, Made } from "../../../bench/preview/chain";

const urn = (name: string) => `urn:pulumi:preprod::airflow::some:type::${name}`;
const made = (name: string, begun: number, ended: number, ...after: string[]): Made => ({
  urn: urn(name),
  begun,
  ended,
  dependencies: after.map(urn),
});

test("the chain goes from what was made last to what each waited for longest", () => {
  const chain = longestChain([
    made("network", 1, 3),
    made("registry", 1, 2),
    made("database", 3, 13, "network"),
    made("image", 2, 20, "registry"),
    made("webserver", 20, 50, "database", "image"),
    made("scheduler", 55, 80, "webserver", "image", "not made in this update"),
    made("bucket", 1, 60),
  ]);
  expect(chain).toEqual([
    { name: "registry", begun: 1, waited: 1, took: 1 },
    { name: "image", begun: 2, waited: 0, took: 18 },
    { name: "webserver", begun: 20, waited: 0, took: 30 },
    { name: "scheduler", begun: 55, waited: 5, took: 25 },
  ]);
});

test("nothing made, no chain", () => expect(longestChain([])).toEqual([]));
