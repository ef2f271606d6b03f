import { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { Timeline } from "../../../bench/preview/timeline";

const about = (urn: string) => ({ metadata: { urn } });

test("what was made has its times and the dependencies of the state, and components are left out", async () => {
  const timeline = new Timeline();
  const events = [
    { resourcePreEvent: about("component") },
    { resOutputsEvent: about("component") },
    { resourcePreEvent: about("bucket") },
    { resOutputsEvent: about("bucket") },
    { resourcePreEvent: about("unfinished") },
  ];
  for (const event of events) timeline.onEvent(event as EngineEvent);
  const resources = [
    { urn: "component" },
    { urn: "bucket", custom: true, dependencies: ["project"] },
    { urn: "unfinished", custom: true },
    { urn: "untouched", custom: true },
  ];
  const stack = { exportStack: async () => ({ deployment: { resources } }) };
  const [bucket, ...others] = await timeline.made(stack as unknown as Stack);
  expect(others).toEqual([]);
  expect(bucket).toMatchObject({ urn: "bucket", dependencies: ["project"] });
  expect(bucket!.begun).toBeLessThanOrEqual(bucket!.ended);
});
