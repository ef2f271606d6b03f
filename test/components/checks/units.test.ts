import {
  parseDays,
  parseGigabytes,
  parseMegabytes,
  parseMillicpu,
  parseSeconds,
} from "../../../components/checks/units";

test.each([
  [parseMegabytes, 4096, 4096],
  [parseMegabytes, "4096", 4096],
  [parseMegabytes, "4096MB", 4096],
  [parseMegabytes, " 4 GB ", 4_000],
  [parseMegabytes, "4Gi", 4_295],
  [parseMegabytes, "0.5GiB", 537],
  [parseGigabytes, 10, 10],
  [parseGigabytes, "10", 10],
  [parseGigabytes, "10 GB", 10],
  [parseGigabytes, "10Gi", 11],
  [parseMillicpu, 1000, 1000],
  [parseMillicpu, "2 vCPU", 2_000],
  [parseMillicpu, "0.1vcpu", 100],
  [parseMillicpu, "560m", 560],
  [parseSeconds, "30s", 30],
  [parseSeconds, "5 minutes", 300],
  [parseSeconds, "1h", 3_600],
  [parseDays, "7 days", 7],
  [parseDays, "2 weeks", 14],
])("%p reads %p as %p", (parse, written, expected) => {
  expect(parse(written)).toBe(expected);
});

test.each([
  [parseMegabytes, "lots"],
  [parseMegabytes, "4Gigs"],
  [parseMegabytes, "-4Gi"],
  [parseMegabytes, ""],
  [parseMegabytes, "1e400"],
  [parseMegabytes, Infinity],
  [parseMillicpu, "2 vCPUs and a half"],
  [parseSeconds, "7 days"],
  [parseDays, "30s"],
])("%p refuses %p", (parse, written) => {
  expect(parse(written)).toBeUndefined();
});
