import * as pulumi from "@pulumi/pulumi";
import {
  mapNested,
  referencesIn,
  SecretReference,
  withReferences,
} from "../../../components/secrets/secretReference";

const locationOf = (written: string) => new SecretReference(written).location;

test.each([
  ["warehouse", { name: "warehouse", path: "/", revision: "latest_enabled" }],
  ["/warehouse", { name: "warehouse", path: "/", revision: "latest_enabled" }],
  ["data/warehouse", { name: "warehouse", path: "/data", revision: "latest_enabled" }],
  ["/a/b/Ware.house-1_@12", { name: "Ware.house-1_", path: "/a/b", revision: "12" }],
])("%s says where the secret is", (written, location) => {
  expect(locationOf(written)).toEqual(location);
});

test.each(["", "/", "a/", "a//b", "a b", "a@", "a@0", "a@latest", "a@1@2", "@1"])(
  "%j says nothing",
  (written) => expect(locationOf(written)).toBeUndefined(),
);

test("references are found at any depth, and nothing else is", () => {
  const settings = withReferences({
    a: { fromSecretManager: "one" },
    b: [{ c: { fromSecretManager: "two@3" } }],
    d: { fromSecretManager: "three", other: 1 },
    e: { fromSecretManager: 4 },
    f: pulumi.output({ fromSecretManager: "five" }),
    g: null,
  });
  expect(
    referencesIn(settings).map(({ path, reference }) => [path, reference.fromSecretManager]),
  ).toEqual([
    [["a"], "one"],
    [["b", 0, "c"], "two@3"],
  ]);
});

test("settings are copied, not changed", () => {
  const settings = { a: [1, { b: 2 }] };
  expect(mapNested(settings, (value) => (value === 2 ? 3 : value))).toEqual({ a: [1, { b: 3 }] });
  expect(settings).toEqual({ a: [1, { b: 2 }] });
});
