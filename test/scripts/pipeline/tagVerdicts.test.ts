import { RegistryTag, verdicts } from "../../../scripts/pipeline/tagVerdicts";
import { versionTag } from "../../../scripts/pipeline/versionTags";

const digestOf = (version: number) =>
  `sha256:${String(version).padStart(12, "0")}${"f".repeat(52)}`;

/** A tag of a version, pushed at that hour. */
const tag = (name: string, digest: string, hour: number): RegistryTag => ({
  id: `${name}-${digest}`,
  name,
  digest,
  updated_at: new Date(Date.UTC(2026, 0, 1, hour)).toISOString(),
});
const deployed = (stack: string, version: number) =>
  tag(versionTag(stack, digestOf(version)), digestOf(version), version);
const nobody = () => undefined;
const gone = (tags: RegistryTag[], useOf: (tag: RegistryTag) => string | undefined, keep: number) =>
  verdicts(tags, useOf, keep)
    .filter(({ kept }) => kept === undefined)
    .map(({ digest }) => digest)
    .sort();

test("the newest versions stay, and the others go", () => {
  const tags = [1, 2, 3, 4].map((version) => deployed("preprod", version));
  expect(gone(tags, nobody, 2)).toEqual([digestOf(1), digestOf(2)]);
  expect(gone(tags, nobody, 4)).toEqual([]);
});

test("what is in use stays, however old it is, and says why", () => {
  const tags = [1, 2, 3].map((version) => deployed("preprod", version));
  const useOf = ({ digest }: RegistryTag) =>
    digest === digestOf(1) ? "is what the container x runs" : undefined;
  expect(gone(tags, useOf, 1)).toEqual([digestOf(2)]);
  expect(verdicts(tags, useOf, 1)[0]).toMatchObject({ kept: "is what the container x runs" });
});

test("versions are counted for each stack: those that prod had from preprod are prod's", () => {
  const tags = [
    ...[1, 2, 3, 4].map((version) => deployed("preprod", version)),
    deployed("prod", 1),
    deployed("prod", 2),
  ];
  expect(gone(tags, nobody, 1)).toEqual([digestOf(1), digestOf(3)]);
});

test("a version with any tag that stays stays: to delete one of its tags would delete them all", () => {
  const tags = [1, 2, 3].map((version) => deployed("preprod", version));
  expect(gone([...tags, deployed("prod", 1)], nobody, 1)).toEqual([digestOf(2)]);
});

test.each([
  ["latest"],
  ["v1.2.3"],
  ["preprod"],
  ["preprod-000000000002"],
  ["-000000000001"],
  ["000000000001"],
  ["preprod-000000000001x"],
])("what somebody has tagged %j is never deleted", (name) => {
  const tags = [deployed("preprod", 1), tag(name, digestOf(1), 1), deployed("preprod", 2)];
  expect(gone(tags, nobody, 1)).toEqual([]);
});

test("an image without tags has nothing to delete", () => {
  expect(verdicts([], nobody, 1)).toEqual([]);
});
