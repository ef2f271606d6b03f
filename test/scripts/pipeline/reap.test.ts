import { Command } from "commander";
import { readOrders as read, stacksToReap } from "../../../scripts/pipeline/reap";

const everything = () => true;
const readOrders = (args: string[]) =>
  read(args, new Command().exitOverride().configureOutput({ writeErr: () => {} }));

test("of all stacks, only those of closed pull requests are removed", async () => {
  const stacks = ["preprod", "prod", "pr-1", "pr-2", "pr-30"];
  expect(await stacksToReap(stacks, (number) => number !== 2)).toEqual(["pr-1", "pr-30"]);
});

test.each([
  ...["preprod", "prod", "pr", "pr-", "pr-0", "pr-01", "pr--1", "pr-1-prod", "pr-1.5", "pr-1e3"],
  ...[
    "prod-pr-1",
    "PR-1",
    "Pr-1",
    "pr_1",
    "pr-1 ",
    " pr-1",
    "pr-1\n",
    "pr-1\nprod",
    "pr-٣",
    "pr-x",
  ],
  ...["organization/airflow/pr-3", "airflow/pr-3", "pr-3/prod", "../pr-3", "", "constructor"],
])("a stack called %j is never removed, whatever is closed", async (stack) => {
  expect(await stacksToReap([stack], everything)).toEqual([]);
});

test("a pull request is asked about by its number", async () => {
  const asked: number[] = [];
  await stacksToReap(["pr-12", "prod"], (number) => asked.push(number) > 0);
  expect(asked).toEqual([12]);
});

test("without an order to destroy, nothing is destroyed", () => {
  expect(readOrders([])).toEqual({ closed: undefined, destroy: false });
  expect(readOrders(["--closed", "12,13"])).toEqual({ closed: new Set([12, 13]), destroy: false });
  expect(readOrders(["--closed", "12", "--closed", "7", "--destroy"])).toEqual({
    closed: new Set([12, 7]),
    destroy: true,
  });
});

test.each([
  [["--closed", "preprod"]],
  [["--closed", "prod", "--destroy"]],
  [["--closed", "pr-3"]],
  [["--closed", "1,prod"]],
  [["--closed", "*"]],
  [["--closed", ""]],
  [["--closed", "0"]],
  [["--closed", "-1"]],
  [["--closed=1;pulumi destroy"]],
  [["--closed"]],
  [["prod"]],
  [["--destroy", "prod"]],
  [["--destroy=prod"]],
  [["--stack", "prod"]],
  [["--", "prod"]],
])("%j is refused", (args) => {
  expect(() => readOrders(args)).toThrow();
});
