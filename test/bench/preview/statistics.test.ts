import { ratio, shown, spread } from "../../../bench/preview/statistics";

test("the median is the middle one, or lies between the two in the middle", () => {
  expect(spread([3, 10, 1])).toEqual({ median: 3, least: 1, most: 10 });
  expect(spread([4, 1, 10, 2])).toEqual({ median: 3, least: 1, most: 10 });
});

test("a ratio compares what was measured in the same turn", () => {
  expect(ratio([2, 6, 3], [1, 2, 2])).toEqual({ median: 2, least: 1.5, most: 3 });
});

test("a spread is shown with its median first", () => {
  expect(shown({ median: 2.034, least: 1.98, most: 2.1 })).toBe("2.03 (1.98 to 2.10)");
});
