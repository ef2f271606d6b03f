import { plot } from "../../../bench/airflow/plot";
import { report } from "../../../bench/airflow/report";

const MIB = 2 ** 20;
const measured = (seconds: number, peak: number, scheduler: number) => ({
  seconds,
  idle: {
    "api-server": 250 * MIB,
    scheduler: scheduler * MIB,
    "dag-processor": 150 * MIB,
    triggerer: 100 * MIB,
  },
  samples: [100, peak, peak / 2].map((mib, index) => ({ seconds: index, bytes: mib * MIB })),
});
const found = {
  ours: [measured(30, 900, 150), measured(33, 1_000, 160), measured(31, 950, 155)],
  theirs: [measured(40, 3_000, 200), measured(30, 2_900, 210), measured(35, 3_100, 205)],
};

test("medians are shown with their spread, of ratios run by run, and of the processes together", () => {
  expect(report(found).split("\n")).toEqual([
    "| 100 tasks | seconds | peak, MiB |",
    "| --- | ---: | ---: |",
    "| ours | 31.0 (30.0 to 33.0) | 950 (900 to 1000) |",
    "| theirs | 35.0 (30.0 to 40.0) | 3000 (2900 to 3100) |",
    "| ours : theirs | 0.89 (0.75 to 1.10) | 0.31 (0.30 to 0.34) |",
    "",
    "| idle, MiB | ours | theirs |",
    "| --- | ---: | ---: |",
    "| api-server | 250 (250 to 250) | 250 (250 to 250) |",
    "| dag-processor | 150 (150 to 150) | 150 (150 to 150) |",
    "| scheduler | 155 (150 to 160) | 205 (200 to 210) |",
    "| triggerer | 100 (100 to 100) | 100 (100 to 100) |",
    "| api-server, scheduler, dag-processor | 555 (550 to 560) | 605 (600 to 610) |",
    "| everything | 655 (650 to 660) | 705 (700 to 710) |",
    "",
  ]);
});

test("the picture shows the run with the median peak, on axes that hold both", () => {
  const picture = plot(found);
  expect(picture.match(/<polyline points="([^"]+)"/g)).toHaveLength(2);
  expect(picture).toContain('points="60.0,310.0 124.0,225.0 188.0,272.5"');
  expect(picture).toContain(">3000 MiB<");
});
