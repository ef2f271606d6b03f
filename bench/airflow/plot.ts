import { Measurement } from "./measurement";
import { Found, peak } from "./report";

const MIB = 2 ** 20;
const SIZE = { width: 720, height: 360 };
const FRAME = { left: 60, right: 700, top: 20, bottom: 320 };
const COLOURS = ["#0969da", "#bf8700", "#cf222e"];

/** A scale from a quantity to a coordinate, and the values that are written beside it. */
interface Axis {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

/** The memory of the scheduler's container while the tasks run, as a picture: of each sizing, the run with the median peak. */
export function plot(found: Found): string {
  const lines = Object.entries(found).map(([name, runs]) => ({ name, ...typical(runs) }));
  const seconds = lines.flatMap(({ samples }) => samples.map((sample) => sample.seconds));
  const x = axis(Math.max(...seconds), 10, FRAME.left, FRAME.right);
  const y = axis(Math.max(...lines.map(peak)) / MIB, 500, FRAME.bottom, FRAME.top);
  return picture([...grid(x, y), ...lines.map((line, index) => curve(line, index, x, y))]);
}

function typical(runs: readonly Measurement[]): Measurement {
  return [...runs].sort((a, b) => peak(a) - peak(b))[runs.length >> 1]!;
}

function axis(greatest: number, step: number, from: number, to: number): Axis {
  const steps = Math.ceil(greatest / step);
  const at = (value: number) => from + (value / (steps * step)) * (to - from);
  return { at, ticks: Array.from({ length: steps + 1 }, (_, index) => index * step) };
}

function grid(x: Axis, y: Axis): string[] {
  const { left, right, bottom } = FRAME;
  return [
    ...x.ticks.map((tick) => text(x.at(tick), bottom + 20, "middle", `${tick} s`)),
    ...y.ticks.flatMap((tick) => [
      `<path d="M${left} ${y.at(tick)}H${right}" stroke="#8c959f" stroke-opacity="0.4"/>`,
      text(left - 8, y.at(tick) + 4, "end", tick === 0 ? "0" : `${tick} MiB`),
    ]),
  ];
}

function curve({ name, samples }: Measurement & { name: string }, index: number, x: Axis, y: Axis) {
  const colour = COLOURS[index]!;
  const points = samples.map(
    ({ seconds, bytes }) => `${x.at(seconds).toFixed(1)},${y.at(bytes / MIB).toFixed(1)}`,
  );
  const line = `<polyline points="${points.join(" ")}" fill="none" stroke="${colour}" stroke-width="2"/>`;
  return line + text(FRAME.right, FRAME.top + 20 * (index + 1), "end", name, colour);
}

const text = (x: number, y: number, anchor: string, content: string, colour = "#656d76") =>
  `<text x="${x}" y="${y}" fill="${colour}" text-anchor="${anchor}">${content}</text>`;

function picture(parts: string[]): string {
  const { width, height } = SIZE;
  const font = `font-family="sans-serif" font-size="12"`;
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ${font}>`;
  return [open, ...parts, "</svg>\n"].join("\n");
}
