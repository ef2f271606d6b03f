import { XMLParser } from "fast-xml-parser";
import { plot } from "../../../bench/preview/plot";
import { Findings, panels, tables } from "../../../bench/preview/report";

const findings: Findings = {
  previews: { "this program": [2, 2.2, 2.1], "a <flat> one": [2, 2, 2] },
  environments: new Map([
    [1, [2, 2, 2]],
    [5, [2.8, 3.6, 2.8]],
  ]),
  lifecycle: {
    seconds: 60,
    chain: [
      { name: "image", begun: 2, waited: 2, took: 18 },
      { name: "webserver", begun: 20.5, waited: 0.5, took: 30 },
    ],
    afterwards: 9.5,
    previews: [2, 2, 2],
    ups: [3, 2.5, 3],
    writes: ["POST 127.0.0.1/containers"],
  },
};

test("tables show medians with their range, ratios by turn, what was written, and the chain", () => {
  const lines = tables(findings).split("\n");
  expect(lines).toEqual(
    expect.arrayContaining([
      "| this program | 2.10 (2.00 to 2.20) | 1.00 (1.00 to 1.00) |",
      "| a <flat> one | 2.00 (2.00 to 2.00) | 1.05 (1.00 to 1.10) |",
      "| 1 | 2.00 (2.00 to 2.00) |  |",
      "| 5 | 2.80 (2.80 to 3.60) | 0.10 (0.10 to 0.20) |",
      "| up without changes | 3.00 (2.50 to 3.00) | 1.50 (1.25 to 1.50) |",
      "Calls that wrote something in 4 of each: 1",
      "POST 127.0.0.1/containers",
      "| webserver | 20.5 | 0.5 | 30.0 |",
      "| what the program checks then | 50.5 | 0.0 | 9.5 |",
      "| in all |  |  | 60.0 |",
    ]),
  );
});

test("the plot is an SVG whose bars are as long as what they stand for", () => {
  const options = { ignoreAttributes: false, parseAttributeValue: true };
  const { svg } = new XMLParser(options).parse(plot(panels(findings)));
  const [same, , , chain] = svg.g as { rect: Record<string, number>[]; text: unknown[] }[];
  expect(same!.rect[0]!["@_width"]! / same!.rect[1]!["@_width"]!).toBeCloseTo(2.1 / 2, 1);
  expect(JSON.stringify(same!.text)).toContain("a <flat> one");
  const ends = chain!.rect.map((bar) => bar["@_x"]! + bar["@_width"]!);
  expect(chain!.rect[1]!["@_x"]).toBeGreaterThan(ends[0]!);
  expect(chain!.rect[2]!["@_x"]).toBeCloseTo(ends[1]!, 0);
});
