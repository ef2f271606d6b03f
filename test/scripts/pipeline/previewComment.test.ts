import { readFileSync } from "node:fs";
import { join } from "node:path";
import { previewComment } from "../../../scripts/pipeline/previewComment";
import { Change, PreviewSummary, previewSummary } from "../../../scripts/pipeline/previewSummary";
import { Digest, summarize } from "../../../scripts/pipeline/summarize";

const read = (file: string) => readFileSync(join(__dirname, "previews", file), "utf8");
const digestOf = (name: string) => JSON.parse(read(`${name}.json`)) as Digest;
const summaryOf = (name: string): PreviewSummary => ({
  stack: "preprod",
  comparedWithDeployed: name !== "create",
  ...summarize(digestOf(name)),
});

// The previews are Pulumi's own; a secret variable was among the changes of two of them.
test.each(["create", "update", "replace", "promote"])(
  "what a reviewer reads of a preview: %s",
  (name) => {
    const summary = previewSummary.parse(summaryOf(name));
    expect(`${previewComment([summary])}\n`).toBe(read(`${name}.md`));
  },
);

test("nothing changes, nothing is said to change", () => {
  const comment = previewComment([
    { stack: "prod", comparedWithDeployed: true, ...summarize({ steps: [] }) },
  ]);
  expect(comment).toContain("### `prod`: nothing changes\n\nCost: the same.");
});

test("each stack is said in the order given, and one whose update would be refused says why", () => {
  const refused = { stack: "prod", comparedWithDeployed: true, changes: [], failure: "2 mistakes" };
  const comment = previewComment([summaryOf("update"), refused]);
  expect(comment).toContain(
    "### `prod`: not possible\n\nAn update would be refused:\n\n```text\n2 mistakes\n```",
  );
  expect(comment.indexOf("`preprod`")).toBeLessThan(comment.indexOf("`prod`"));
});

test("values are shown of no property but those that are nobody's secret", () => {
  const secret = "hush-hush-hush";
  const [type, urn] = ["scaleway:iam/apiKey:ApiKey", "urn:pulumi:p::a::t::key"];
  const state = (value: string) => ({ type, custom: true, inputs: { description: value } });
  const step = { op: "update", urn, oldState: state(secret), newState: state(`${secret}!`) };
  const { changes } = summarize({ steps: [{ ...step, detailedDiff: { description: {} } }] });
  expect(changes[0]!.differences).toEqual(["description"]);
  expect(JSON.stringify(changes)).not.toContain(secret);
});

test("a database of a type whose price is not known makes the cost unknown", () => {
  const newState = {
    type: "scaleway:databases/instance:Instance",
    custom: true,
    inputs: { nodeType: "DB-NEW-XL", volumeSizeInGb: 10, isHaCluster: false },
  };
  const summary = summarize({ steps: [{ op: "create", urn: "u::db", newState }] });
  expect(summary.costDifference).toBeUndefined();
  expect(previewComment([{ stack: "pr", comparedWithDeployed: true, ...summary }])).toContain(
    "Cost: not known",
  );
});

test("what a pull request's code says has no effect as markup", () => {
  const evil = "` @everyone ![x](https://evil.example/x) <img src=x> \n# Approved\u202e";
  const change: Change = { action: "replaced", type: evil, name: evil, differences: [evil] };
  const comment = previewComment([
    { stack: evil, comparedWithDeployed: true, changes: [change] },
    { stack: "prod", comparedWithDeployed: true, changes: [], failure: "```\n@everyone\n```" },
  ]);
  const outsideCode = comment.replace(/^```text$[\s\S]*?^```$/gm, "").replace(/`[^`\n]*`/g, "");
  expect(outsideCode).not.toMatch(/everyone|evil|img|Approved/);
  expect(comment).not.toContain("\u202e");
});

test("a comment is never longer than GitHub takes", () => {
  const change: Change = { action: "created", type: "t", name: "n".repeat(300), differences: [] };
  const changes = Array.from({ length: 500 }, () => change);
  const summary = { stack: "preprod", comparedWithDeployed: true, changes };
  expect(previewComment([summary]).length).toBeLessThan(65_536);
});
