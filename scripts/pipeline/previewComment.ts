import prices from "../prices.json";
import { Change, PreviewSummary } from "./previewSummary";
import { resourceKind } from "./resourceKinds";

/** GitHub refuses longer comments. */
const LONGEST = 65_536;
const MOST_SHOWN = 10;

/** The comment under a pull request: per stack what changes, what that means, and what it costs. */
export function previewComment(summaries: readonly PreviewSummary[]): string {
  const text = ["## What this pull request changes", ...summaries.map(ofStack)].join("\n\n");
  return text.length < LONGEST ? text : `${text.slice(0, LONGEST - 100)}\n\n… and more.`;
}

function ofStack(summary: PreviewSummary): string {
  const title = `### ${code(summary.stack)}: ${headline(summary)}`;
  if (summary.failure !== undefined) {
    return [title, "An update would be refused:", block(summary.failure)].join("\n\n");
  }
  return [
    title,
    ...(summary.comparedWithDeployed ? [] : [NOT_COMPARED]),
    ...ACTIONS.flatMap(([action, heading]) => ofAction(action, heading, summary.changes)),
    ...cost(summary),
  ].join("\n\n");
}

const NOT_COMPARED =
  "It comes from a fork, which may not see what is deployed, or nothing is deployed yet: below is all that a new environment would hold.";

const ACTIONS = [
  ["replaced", "Replaced: deleted and made anew"],
  ["deleted", "Deleted"],
  ["updated", "Updated in place"],
  ["created", "Created"],
] as const;

function headline({ changes, failure }: PreviewSummary): string {
  if (failure !== undefined) return "not possible";
  const counts = ACTIONS.map(
    ([action]) => [action, changes.filter(({ action: a }) => a === action)] as const,
  )
    .filter(([, found]) => found.length > 0)
    .map(([action, found]) => `${found.length} ${action}`);
  return counts.join(", ") || "nothing changes";
}

function ofAction(action: Change["action"], heading: string, changes: readonly Change[]): string[] {
  const lines = changes.filter((change) => change.action === action).map(line);
  if (lines.length === 0) return [];
  if (lines.length <= MOST_SHOWN) return [`**${heading}**\n\n${lines.join("\n")}`];
  const summary = `<summary><b>${heading}</b> (${lines.length})</summary>`;
  return [`<details>${summary}\n\n${lines.join("\n")}\n\n</details>`];
}

function line({ action, type, name, differences }: Change): string {
  const { kind, loss } = resourceKind(type);
  const consequence = action === "replaced" || action === "deleted" ? loss : undefined;
  const because = differences.map(code).join(", ");
  return [
    `- ${consequence ? ":warning: " : ""}${kind ?? code(type)} ${code(name)}`,
    ...(because ? [`: ${because}`] : []),
    ...(consequence ? [` — **${consequence}**`] : []),
  ].join("");
}

function cost({ costDifference, comparedWithDeployed }: PreviewSummary): string[] {
  if (costDifference === undefined) return ["Cost: not known, as a price is not."];
  const rounded = costDifference.toFixed(2);
  if (Number(rounded) === 0) return ["Cost: the same."];
  const amount = `${costDifference > 0 && comparedWithDeployed ? "+" : ""}${rounded} € a month`;
  return [`Cost: **${amount}**, without what is paid by use (prices of ${prices.readOn}).`];
}

/** Text that may come from anybody's pull request, as code: no markup, link or mention in it has effect. */
function code(text: string): string {
  return `\`${text.replace(/[`\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ").trim() || " "}\``;
}

function block(text: string): string {
  const harmless = text.replace(/`/g, "'").replace(/[^\n\P{Cc}]|\p{Cf}/gu, "");
  return `\`\`\`text\n${harmless.trim()}\n\`\`\``;
}
