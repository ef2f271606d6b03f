import { table } from "../../bench/table";

const measured = (seconds: number, bytesPushed: number, containersRolled: number) => ({
  seconds,
  deployment: seconds / 2,
  bytesPushed,
  containersRolled,
});

test("every change is shown, with the medians, and the first way's beside the second's", () => {
  const text = table({
    here: [measured(30, 1_000, 1), measured(50, 2_000, 1), measured(20, 1_000, 1)],
    today: [measured(90, 60_000, 3), measured(100, 50_000, 3), measured(80, 50_000, 3)],
  });
  expect(text.split("\n")).toEqual([
    "|  | seconds | of these, deploying | bytes pushed | containers rolled |",
    "| --- | ---: | ---: | ---: | ---: |",
    "| here, change 1 | 30.0 | 15.0 | 1000 | 1 |",
    "| here, change 2 | 50.0 | 25.0 | 2000 | 1 |",
    "| here, change 3 | 20.0 | 10.0 | 1000 | 1 |",
    "| **here, median** | 30.0 | 15.0 | 1000 | 1 |",
    "| today, change 1 | 90.0 | 45.0 | 60000 | 3 |",
    "| today, change 2 | 100.0 | 50.0 | 50000 | 3 |",
    "| today, change 3 | 80.0 | 40.0 | 50000 | 3 |",
    "| **today, median** | 90.0 | 45.0 | 50000 | 3 |",
    "| **ratio** | 0.33 | 0.33 | 0.020 | 0.33 |",
    "",
  ]);
});
