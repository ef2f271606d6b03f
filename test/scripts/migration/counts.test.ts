import { describeCounts, differences } from "../../../scripts/migration/counts";

test("tables with another number of rows are named, and those that are not there", () => {
  const source = { dag: 2, dag_run: 10, session: 1 };
  expect(differences(source, source)).toEqual([]);
  expect(differences(source, { dag: 2, dag_run: 9, other: 0 })).toEqual([
    "dag_run: 10 there, 9 here",
    "other: no table there, 0 here",
    "session: 1 there, none here",
  ]);
});

test("what was copied stands beside what the new schema has, empty tables left out", () => {
  const said = describeCounts({ dag: 1, task_fail: 3, xcom: 0 }, { dag: 1_000, xcom: 0 });
  expect(said).toMatch(/dag +1 +1,000/);
  expect(said).toMatch(/task_fail +3 +no table/);
  expect(said).not.toContain("xcom");
});
