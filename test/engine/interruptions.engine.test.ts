import { CreateBucketCommand, GetBucketTaggingCommand, S3Client } from "@aws-sdk/client-s3";
import { s3Client } from "../../scripts/logs";
import { Trial } from "./interruptions";

const MINUTE = 60_000;
let trial: Trial;

beforeAll(async () => {
  trial = await Trial.start();
}, 30 * MINUTE);

afterAll(() => trial.end(), 2 * MINUTE);

const BUCKET = { Bucket: "lvao-preprod-airflow" };

/** Object storage in the log bucket's own project. */
async function logStorage(): Promise<S3Client> {
  const { deployment } = await trial.stack.exportStack();
  const project = deployment.resources.find(({ type }: { type: string }) =>
    type.endsWith(":Project"),
  );
  return s3Client(trial.emulator.env, project.id);
}

test(
  "an update is killed before the log bucket gets its mark",
  async () => {
    const needed = ["airflow", "airflow-owner", "airflow-logs", "airflow-logs-project"];
    await trial.stack.up({ target: needed.map((name) => `**::${name}`) });
    await (await logStorage()).send(new CreateBucketCommand(BUCKET));
    expect(await trial.leftovers()).not.toEqual([]);
  },
  5 * MINUTE,
);

test.each([
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

test("the log bucket has its mark then", async () => {
  const { TagSet } = await (await logStorage()).send(new GetBucketTaggingCommand(BUCKET));
  expect(TagSet?.map(({ Key }) => Key)).toContain("owner");
});

test("destroy leaves nothing", () => trial.destroy(), 2 * MINUTE);
