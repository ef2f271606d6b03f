import { Bucket } from "../../../scripts/moving/bucket";
import { copyAll } from "../../../scripts/moving/copy";

test("an object that cannot be copied is named and does not hold up the others", async () => {
  const copied: string[] = [];
  const from = {
    copyTo: async (_: Bucket, key: string) => {
      if (key === "b") throw Object.assign(new Error("It is in cold storage."), { name: "Cold" });
      copied.push(key);
    },
  } as unknown as Bucket;
  const objects = ["a", "b", "c"].map((key) => ({ key, size: 2, etag: key }));
  const result = await copyAll(from, {} as Bucket, objects);
  expect(copied).toEqual(["a", "c"]);
  expect(result).toMatchObject({
    copied: { objects: 2, bytes: 4 },
    problems: [{ key: "b", reason: "Cold: It is in cold storage." }],
  });
});

test("large objects pass through two at a time", async () => {
  let [now, most] = [0, 0];
  const from = {
    copyTo: async () => {
      most = Math.max(most, (now += 1));
      await new Promise(setImmediate);
      now -= 1;
    },
  } as unknown as Bucket;
  const objects = Array.from({ length: 9 }, (_, n) => ({ key: `${n}`, size: 9e6, etag: "" }));
  await copyAll(from, {} as Bucket, objects);
  expect(most).toBe(2);
});
