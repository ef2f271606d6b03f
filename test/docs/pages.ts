import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** The folder of the repository. */
export const root = join(__dirname, "../..");

/** A text that people read, by its path in the repository. */
export interface Page {
  readonly file: string;
  readonly text: string;
}

const patterns = ["README.md", "CONTRIBUTING.md", "emulator/README.md", "docs/**/*.md"];

/** Every text that people read, but for those that are generated from the sources when the site is built. */
export const pages: readonly Page[] = globSync(patterns, { cwd: root, exclude: ["docs/api/**"] })
  .sort()
  .map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }));

/** Code of a page that stands on lines of its own. */
export interface Fence {
  readonly file: string;
  readonly language: string;
  /** What stands behind the language: `account` for what needs one. */
  readonly mark?: string;
  readonly code: string;
}

/** The fences of a page. */
export const fencesOf = ({ file, text }: Page): Fence[] =>
  [...text.matchAll(/^( *)```(\w+)(?: (\S+))?\n([^]*?)^\1```$/gm)].map(
    ([, , language, mark, code]) => ({ file, language: language!, mark, code: code! }),
  );

/** A page without its code. */
export const proseOf = ({ text }: Page) => text.replace(/^( *)```[^]*?^\1```$/gm, "");

/** The path in the repository of what a page names relatively to itself. */
export const fromRoot = (file: string, link: string) =>
  relative(root, join(root, dirname(file), link));
