import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { slug } from "../../docs/.vitepress/slug";
import { fromRoot, pages, proseOf, root } from "./pages";

const withoutInlineCode = (text: string) => text.replace(/`[^`\n]*`/g, "");

const links = pages.flatMap((page) =>
  [...withoutInlineCode(proseOf(page)).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => ({ file: page.file, link: link! }))
    .filter(({ link }) => !/^[a-z]+:/.test(link)),
);

const anchorsOf = (file: string) =>
  proseOf({ file, text: readFileSync(join(root, file), "utf8") })
    .split("\n")
    .flatMap((line) => /^#+ (.*)$/.exec(line)?.[1] ?? [])
    .map((heading) => slug(heading.replace(/`|\[|\]\(.*?\)/g, "")));

test.each(links)("$file: $link leads somewhere", ({ file, link }) => {
  const [path, anchor] = link.split("#") as [string, string?];
  const target = path === "" ? file : fromRoot(file, path);
  expect([target, existsSync(join(root, target))]).toEqual([target, true]);
  if (anchor && statSync(join(root, target)).isFile()) {
    expect(anchorsOf(target)).toContain(decodeURI(anchor));
  }
});

const FOLDERS =
  "components|scripts|test|tools|docs|airflow|emulator|bench|examples|policy|\\.github";
const named = pages.flatMap(({ file, text }) =>
  [...text.matchAll(new RegExp(`\`((?:${FOLDERS})/[\\w./-]+)\``, "g"))].map(([, path]) => ({
    file,
    path: path!,
  })),
);

test.each(named.filter(({ path }) => !path.endsWith(".env")))("$file: $path is there", ({ path }) =>
  expect(existsSync(join(root, path))).toBe(true),
);
