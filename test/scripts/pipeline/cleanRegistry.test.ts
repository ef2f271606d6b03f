import { Command } from "commander";
import { describeVerdicts, readOrders as read } from "../../../scripts/pipeline/cleanRegistry";

const readOrders = (args: string[]) =>
  read(args, new Command().exitOverride().configureOutput({ writeErr: () => {} }));

test("without an order to delete, nothing is deleted, and five versions stay", () => {
  expect(readOrders(["--stack", "preprod"])).toEqual({ stack: "preprod", keep: 5, delete: false });
  expect(readOrders(["-s", "preprod", "--keep", "2", "--delete"])).toEqual({
    stack: "preprod",
    keep: 2,
    delete: true,
  });
});

test.each([
  [[]],
  [["preprod"]],
  [["--delete"]],
  [["-s", "preprod", "--keep", "0"]],
  [["-s", "preprod", "--keep", "-1"]],
  [["-s", "preprod", "--keep", "all"]],
  [["-s", "preprod", "--keep"]],
  [["-s", "preprod", "--force"]],
])("%j is refused", (args) => {
  expect(() => readOrders(args)).toThrow();
});

test("each version is said to stay, with the reason, or to go", () => {
  const tags = [{ id: "1", name: "preprod-0123456789ab", digest: "", updated_at: "" }];
  const digest = `sha256:${"0".repeat(64)}`;
  const found = [
    { image: "web", digest, tags, kept: "is deployed by the stack prod" },
    { image: "web", digest, tags },
  ];
  expect(describeVerdicts(found, false)).toBe(
    "web sha256:000000000000 (preprod-0123456789ab): stays, as it is deployed by the stack prod\n" +
      "web sha256:000000000000 (preprod-0123456789ab): to be deleted with --delete\n",
  );
  expect(describeVerdicts(found, true)).toContain(": deleted\n");
  expect(describeVerdicts([], true)).toBe("There is no image.\n");
});
