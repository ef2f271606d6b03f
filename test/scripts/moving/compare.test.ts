import { Bucket, StoredObject } from "../../../scripts/moving/bucket";
import { findMissing, verify } from "../../../scripts/moving/compare";

interface Fake extends StoredObject {
  readonly sourceEtag?: string;
  readonly checksum?: string;
}

/** A bucket that holds these objects. */
function bucketOf(...objects: Fake[]): Bucket {
  const find = (key: string) => objects.find((each) => each.key === key)!;
  return {
    async *list() {
      yield* objects;
    },
    sourceEtag: async (key: string) => find(key).sourceEtag,
    checksum: async (key: string) => {
      const { checksum } = find(key);
      if (checksum === undefined) throw Object.assign(new Error("Gone."), { name: "NoSuchKey" });
      return checksum;
    },
  } as unknown as Bucket;
}

const log: Fake = { key: "a.log", size: 3, etag: "one", checksum: "x" };

describe("what is missing", () => {
  const missing = async (target?: Fake) => {
    const { missing } = await findMissing(bucketOf(log), bucketOf(...(target ? [target] : [])));
    return missing.map(({ key }) => key);
  };

  test.each<[string, string[], Fake | undefined]>([
    ["absent", ["a.log"], undefined],
    ["of the same size and ETag", [], { ...log }],
    ["of another size", ["a.log"], { ...log, size: 4, sourceEtag: "one" }],
    [
      "of another ETag, copied from what is there now",
      [],
      { ...log, etag: "2", sourceEtag: "one" },
    ],
    ["copied from what was there before", ["a.log"], { ...log, etag: "2", sourceEtag: "old" }],
    ["written by another program", ["a.log"], { ...log, etag: "2" }],
  ])("an object that is %s: %j", async (_, expected, target) => {
    expect(await missing(target)).toEqual(expected);
  });

  test("what the target holds besides is left alone, and everything is summed up", async () => {
    const other = { ...log, key: "b.log", size: 4 };
    const { found, missing } = await findMissing(
      bucketOf(log, other),
      bucketOf({ ...log, key: "c" }),
    );
    expect(found).toEqual({ objects: 2, bytes: 7 });
    expect(missing.map(({ key }) => key)).toEqual(["a.log", "b.log"]);
  });
});

describe("verification", () => {
  test.each<[string, string | undefined, number, Fake | undefined]>([
    ["absent", "missing at the target", 0, undefined],
    ["of the same size and ETag", undefined, 0, { ...log, checksum: undefined }],
    ["of another size", "its size differs", 0, { ...log, size: 4 }],
    ["of another ETag and the same content", undefined, 1, { ...log, etag: "2" }],
    [
      "of another content, whatever its metadata say",
      "its content differs: delete it at the target",
      1,
      { ...log, etag: "2", checksum: "y", sourceEtag: "one" },
    ],
    ["unreadable", "NoSuchKey: Gone.", 1, { ...log, etag: "2", checksum: undefined }],
  ])("an object that is %s: %s", async (_, reason, read, target) => {
    const verification = await verify(bucketOf(log), bucketOf(...(target ? [target] : [])));
    const problems = reason === undefined ? [] : [{ key: "a.log", reason }];
    expect(verification).toEqual({ found: { objects: 1, bytes: 3 }, read, problems });
  });
});
