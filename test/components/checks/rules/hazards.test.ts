import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../../../components/checks/rules";
import { fixtures } from "./fixtures";

const root = join(__dirname, "../../../..");
const page = readFileSync(join(root, "docs/hazards.md"), "utf8");

const numbered = (letter: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);

/** Every hazard that is known. */
const hazards = [
  ...numbered("C", 14),
  ...numbered("D", 9),
  ...numbered("S", 8),
  ...numbered("P", 3),
  ...numbered("A", 10),
  ...numbered("B", 3),
  ...numbered("T", 21),
  ...numbered("L", 5),
  ...numbered("R", 6),
  ...numbered("O", 6),
];

interface Row {
  readonly id: string;
  readonly answers: string[];
  readonly proofs: { file: string; name: string }[];
}

const rows = page.split("\n").flatMap((line): Row[] => {
  const [, id, , answer, , proof] = line.split("|").map((cell) => cell.trim());
  if (id === undefined || !/^[A-Z]\d+$/.test(id)) return [];
  const proofs = [...proof!.matchAll(/`([^`]+)` "([^"]+)"/g)];
  return [
    {
      id,
      answers: answer!.split("; "),
      proofs: proofs.map(([, file, name]) => ({ file: file!, name: name! })),
    },
  ];
});

const withAnswer = (answer: string) =>
  rows.filter(({ answers }) => answers.includes(answer)).map(({ id }) => id);
const unique = (ids: string[]) => [...new Set(ids)].sort();

test("the page answers every hazard, once", () => {
  expect(rows.map(({ id }) => id).sort()).toEqual([...hazards].sort());
});

test.each(rows)("$id is answered in one of the ways that the page explains", ({ answers }) => {
  for (const answer of answers) {
    const [, other] = /^as ([A-Z]\d+)$/.exec(answer) ?? [];
    if (other) expect(hazards).toContain(other);
    else expect(["refused", "warned", "impossible", "told here"]).toContain(answer);
  }
});

test("what the page calls refused or warned is what the fixtures of the rules show", () => {
  const shown = (severity: string) =>
    unique(fixtures.flatMap((f) => ((f.severity ?? "error") === severity ? [f.id] : [])));
  // A misspelt key is refused before any rule is applied.
  const refused = withAnswer("refused").filter((id) => id !== "T9");
  // Which settings are outdated, and how much so, is the business of another test.
  const warned = withAnswer("warned").filter((id) => id !== "A5");
  expect(unique(refused)).toEqual(shown("error"));
  expect(unique(warned)).toEqual(shown("warning"));
});

test("each rule is on the page", () => {
  expect(rules.map(({ id }) => id).filter((id) => !hazards.includes(id))).toEqual([]);
});

test.each(rows.filter(({ answers }) => answers.includes("impossible")))(
  "$id is impossible, as a test shows",
  ({ proofs }) => expect(proofs.length).toBeGreaterThan(0),
);

test.each(rows.flatMap(({ id, proofs }) => proofs.map((proof) => ({ id, ...proof }))))(
  "$id is shown by $file",
  ({ file, name }) => expect(readFileSync(join(root, file), "utf8")).toContain(`"${name}"`),
);

test.each(rows.filter(({ answers }) => answers.includes("told here")))(
  "what to do about $id is on the page",
  ({ id }) => expect(page).toContain(`- **${id}**: `),
);
