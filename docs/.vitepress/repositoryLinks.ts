import { statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { MarkdownRenderer } from "vitepress";

const root = join(__dirname, "../..");
/** GitHub's own variables. Without them, the site names files of the repository and does not link them. */
const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = process.env;

/** Lets links to what is in the repository, and no page, lead there. One to a file that is not there fails. */
export function repositoryLinks(md: MarkdownRenderer): void {
  md.core.ruler.push("repository-links", ({ tokens, env }) => {
    const links = tokens.flatMap(({ children }) => children ?? []);
    for (const link of links.filter(({ type }) => type === "link_open")) {
      const target = outsideDocs(link.attrGet("href")!, env.path as string);
      if (target) link.attrs = linked(target);
    }
  });
}

/** Where a link leads, from the root of the repository, if that is none of the pages. */
function outsideDocs(href: string, page: string): string | undefined {
  if (/^(#|\/|[a-z]+:)/.test(href)) return undefined;
  const target = relative(root, resolve(dirname(page), href));
  return target.startsWith("docs/") ? undefined : target;
}

function linked(target: string): [string, string][] {
  const view = statSync(join(root, target.replace(/#.*/, ""))).isDirectory() ? "tree" : "blob";
  return repository
    ? [["href", `${server}/${repository}/${view}/main/${target}`]]
    : [["style", "color: inherit; text-decoration: none"]];
}
