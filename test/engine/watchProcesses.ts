import { appendFileSync, readFileSync, readdirSync } from "node:fs";

const INTERVAL = 10;
const [file = ""] = process.argv.slice(2);
const seen = new Set<string>();

/** Notes every command line that was not there before, of the containers' processes too. */
function look(): void {
  for (const pid of readdirSync("/proc")) {
    const line = /^\d+$/.test(pid) ? commandLine(pid) : "";
    if (line === "" || seen.has(line)) continue;
    seen.add(line);
    appendFileSync(file, `${line}\n`);
  }
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return ""; // it has ended
  }
}

setInterval(look, INTERVAL);
