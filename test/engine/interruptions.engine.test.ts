import { Trial } from "./interruptions";

const MINUTE = 60_000;
let trial: Trial;

beforeAll(async () => {
  trial = await Trial.start();
}, 30 * MINUTE);

afterAll(() => trial.end(), 2 * MINUTE);

test.each([
  ["the log bucket", "buckets"],
  ["the database", "database_instances"],
  ["an API key", "api_keys"],
  ["a container", "containers"],
])(
  "an update is killed while %s is created",
  async (_what, kind) => {
    const update = trial.update();
    await trial.appearanceOf(kind).finally(() => update.kill());
    await trial.stack.cancel();
    // What is created beside it may be left over, too.
    if (kind !== "api_keys") expect(await trial.leftovers()).not.toEqual([]);
  },
  5 * MINUTE,
);

test(
  "the next update goes on from there, with no orphan and no duplicate",
  () => trial.goOn(),
  5 * MINUTE,
);

test("destroy leaves nothing", () => trial.destroy(), 2 * MINUTE);
