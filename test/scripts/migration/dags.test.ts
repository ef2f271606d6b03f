import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fetchDags, findDags } from "../../../scripts/migration/dags";
import type { Bucket } from "../../../scripts/moving/bucket";
import { temporaryFolder } from "../../temporaryFolder";

/** A bucket with these texts. */
function bucketOf(texts: Record<string, string>): Bucket {
  const etag = (text: string) => createHash("md5").update(text).digest("hex");
  return {
    async *list() {
      for (const [key, text] of Object.entries(texts)) {
        yield { key, size: text.length, etag: etag(text) };
      }
    },
    read: async (key: string) => Readable.from([texts[key]!]),
  } as unknown as Bucket;
}

test("what is missing is fetched, and what is there stays as it is", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "lib"));
  writeFileSync(join(folder, "same.py"), "same");
  writeFileSync(join(folder, "lib", "own.py"), "of here");
  const bucket = bucketOf({
    "same.py": "same",
    "lib/own.py": "of there",
    "lib/new/dag.py": "new",
    "lib/": "",
    "lib/__pycache__/own.pyc": "compiled",
  });
  const found = await findDags(bucket, folder);
  expect(found).toEqual({ missing: ["lib/new/dag.py"], different: ["lib/own.py"] });
  await fetchDags(bucket, folder, found.missing);
  expect(readFileSync(join(folder, "lib/new/dag.py"), "utf8")).toBe("new");
  expect(readFileSync(join(folder, "lib/own.py"), "utf8")).toBe("of here");
  expect((await findDags(bucket, folder)).missing).toEqual([]);
});

test("a key that leads out of the folder is refused", async () => {
  const bucket = bucketOf({ "../outside.py": "" });
  await expect(findDags(bucket, temporaryFolder())).rejects.toThrow(/leads out of/);
});
