/** A bar of a plot. */
export interface Bar {
  readonly label: string;
  /** Where it begins; by default at 0. */
  readonly from?: number;
  readonly to: number;
  /** The range within which it was measured. */
  readonly range?: readonly [least: number, most: number];
  /** What stands behind it. */
  readonly text: string;
}

/** Bars with a scale of their own. */
export interface Panel {
  readonly title: string;
  readonly bars: readonly Bar[];
}

const WIDTH = 900;
const LABELS = 300;
const TEXTS = 100;
const ROW = 26;
const HEAD = 44;
const THICK = 14;

/** An SVG of horizontal bars, panel below panel. */
export function plot(panels: readonly Panel[]): string {
  let top = 0;
  const drawn = panels.map((panel) => {
    const text = `<g transform="translate(0 ${top})">\n${drawPanel(panel)}</g>\n`;
    top += HEAD + panel.bars.length * ROW;
    return text;
  });
  const height = top + ROW;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="13">\n`,
    `<rect width="100%" height="100%" fill="#fff"/>\n`,
    ...drawn,
    "</svg>\n",
  ].join("");
}

function drawPanel({ title, bars }: Panel): string {
  const longest = Math.max(...bars.map(({ to, range }) => range?.[1] ?? to));
  const x = (value: number) => LABELS + (value / longest) * (WIDTH - LABELS - TEXTS);
  const head = `<text x="16" y="30" font-weight="bold">${escape(title)}</text>\n`;
  return head + bars.map((bar, row) => drawBar(bar, HEAD + row * ROW, x)).join("");
}

function drawBar(
  { label, from = 0, to, range, text }: Bar,
  y: number,
  x: (value: number) => number,
) {
  const middle = y + THICK / 2;
  const width = Math.max(1, x(to) - x(from));
  const end = x(range?.[1] ?? to) + 8;
  return [
    `<text x="${LABELS - 10}" y="${middle + 5}" text-anchor="end">${escape(label)}</text>\n`,
    `<rect x="${point(x(from))}" y="${y}" width="${point(width)}" height="${THICK}" fill="#4878b0"/>\n`,
    range
      ? `<path d="M${point(x(range[0]))} ${middle}H${point(x(range[1]))}" stroke="#222" stroke-width="2"/>\n`
      : "",
    `<text x="${point(end)}" y="${middle + 5}" fill="#555">${escape(text)}</text>\n`,
  ].join("");
}

const point = (value: number) => value.toFixed(1);

const escape = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
