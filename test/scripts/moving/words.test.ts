import { amount, named, rate } from "../../../scripts/moving/words";

test("amounts and rates", () => {
  expect(amount({ objects: 1, bytes: 0 })).toBe("1 object (0.0 kB)");
  expect(amount({ objects: 10_000, bytes: 41_234_567 })).toBe("10,000 objects (41.2 MB)");
  expect(amount({ objects: 2, bytes: 6.54e9 })).toBe("2 objects (6.5 GB)");
  expect(rate({ objects: 193, bytes: 0 }, 1_000)).toBe("193 objects/s");
});

test("only the first of many problems are named", () => {
  const problems = Array.from({ length: 25 }, (_, n) => ({ key: `${n}.log`, reason: "gone" }));
  const lines = named(problems).split("\n");
  expect(lines.slice(0, 2)).toEqual(["  0.log: gone", "  1.log: gone"]);
  expect(lines.slice(20)).toEqual(["  … and 5 more"]);
});
