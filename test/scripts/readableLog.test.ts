import { readableLog } from "../../scripts/readableLog";

const entry = (event: string, more: object = {}) =>
  JSON.stringify({ timestamp: "2026-01-01T12:00:01.123456Z", level: "info", event, ...more });

test("each event is a line with its time and its text", () => {
  const log = `${entry("::group::Pre Execute")}\n${entry("Reading", { logger: "task" })}\n${entry("::endgroup::")}\n`;
  expect(readableLog(log)).toBe("12:00:01.123 Reading");
});

test("a failure says where it happened", () => {
  const failure = {
    level: "error",
    error_detail: [
      {
        exc_type: "KeyError",
        exc_value: "'siret'",
        frames: [{ filename: "/opt/airflow/dags/actors.py", lineno: 7, name: "read" }],
      },
    ],
  };
  expect(readableLog(entry("Task failed with exception", failure)).split("\n")).toEqual([
    "12:00:01.123 ERROR Task failed with exception",
    '  File "/opt/airflow/dags/actors.py", line 7, in read',
    "KeyError: 'siret'",
  ]);
});

test("lines that are no events stay as they are", () => {
  expect(readableLog("Killed\n{}\n")).toBe("Killed\n{}");
});
