/** What Airflow writes of each event of a task, as far as people read it. */
interface Entry {
  readonly timestamp: string;
  readonly level: string;
  readonly event: string;
  readonly error_detail?: readonly Failure[];
}

interface Failure {
  readonly exc_type: string;
  readonly exc_value: string;
  readonly frames: readonly { filename: string; lineno: number; name: string }[];
}

/** A task's log with the time and the text of each event, instead of JSON; lines that are none are left as they are. */
export function readableLog(text: string): string {
  return text.trimEnd().split("\n").map(readableLine).filter(isTold).join("\n");
}

/** The web interface folds what is between these. */
const isTold = (line: string) => !/ ::(end)?group::/.test(line);

function readableLine(line: string): string {
  const entry = parsed(line);
  if (entry === undefined) return line;
  const { timestamp, level, event, error_detail = [] } = entry;
  const time = timestamp.slice(11, 23);
  const mark = level === "info" ? "" : `${level.toUpperCase()} `;
  return [`${time} ${mark}${event}`, ...error_detail.map(traceback)].join("\n");
}

function traceback({ exc_type, exc_value, frames }: Failure): string {
  const calls = frames.map(
    ({ filename, lineno, name }) => `  File "${filename}", line ${lineno}, in ${name}`,
  );
  return [...calls, `${exc_type}: ${exc_value}`].join("\n");
}

function parsed(line: string): Entry | undefined {
  if (!line.startsWith('{"timestamp"')) return undefined;
  return JSON.parse(line) as Entry;
}
