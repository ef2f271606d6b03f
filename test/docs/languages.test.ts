import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const docs = join(__dirname, "../../docs");
const french = join(docs, "fr");

/** A heading and what is below it, up to the next one. */
interface Section {
  readonly heading: string;
  readonly code: string[];
  readonly tables: string[][];
}

const pagesIn = (folder: string) =>
  globSync("**/*.md", { cwd: folder, exclude: ["fr", "api", "node_modules"] }).sort();
const read = (folder: string, page: string) => readFileSync(join(folder, page), "utf8");

const BLOCKS = /^ *```.*\n([^]*?)^ *```$|^(#+ .*)$|^(\|.*\|)$/gm;

function sectionsOf(text: string): Section[] {
  const sections: Section[] = [{ heading: "", code: [], tables: [] }];
  for (const [, code, heading, row] of text.matchAll(BLOCKS)) {
    const { code: blocks, tables } = sections.at(-1)!;
    if (heading) sections.push({ heading, code: [], tables: [] });
    else if (row) tables.push(figures(row));
    else blocks.push(commands(code!));
  }
  return sections;
}

const commands = (code: string) => code.replace(/(^|\s+)(#|\/\/)\s.*$/gm, "");
/** The digits of each cell: decimals, thousands and words differ, and what is between « and » translates a message. */
const figures = (row: string) => row.split("|").map((cell) => cell.replace(/«.*?»|\D/g, ""));

function pairs(page: string) {
  const [ours, theirs] = [docs, french].map((folder) => sectionsOf(read(folder, page)));
  const length = Math.max(ours!.length, theirs!.length);
  return Array.from({ length }, (_, index) => {
    const [en, fr] = [ours![index], theirs![index]];
    return { page, english: en?.heading, french: fr?.heading, en, fr };
  });
}

const comparable = (section?: Section) =>
  section && { ...section, heading: section.heading.replace(/[^#].*/, "") };

const prose = (text: string) =>
  text.replace(/^ *```[^]*?^ *```$|``.*?``|`[^`]*`|^\|[ :|-]+\|$/gm, "");

test("every page is there in English and in French", () => {
  expect(pagesIn(french)).toEqual(pagesIn(docs));
});

const both = pagesIn(docs).filter((page) => pagesIn(french).includes(page));
test.each(both.flatMap(pairs))(
  "$page: $french has the level, the commands and the figures of $english",
  ({ en, fr }) => expect(comparable(fr)).toEqual(comparable(en)),
);

test.each(pagesIn(french))("French %s has no-break spaces where they belong", (page) => {
  expect(
    prose(read(french, page)).match(/.{0,20}( [:;?!»]|« |«[^\u00a0\u202f]).{0,20}/g),
  ).toBeNull();
});
