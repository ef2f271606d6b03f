import { existsSync } from "node:fs";
import { join } from "node:path";
import { API, sections } from "../../docs/.vitepress/pages";
import { run } from "../../tools/shell";

const root = join(__dirname, "../..");
const built = (page: string) => existsSync(join(root, "docs/.vitepress/dist", `${page}.html`));

test("the site is built, which a dead link would prevent, with every page of the menu", async () => {
  await run("npm", ["run", "docs"], { cwd: root });
  const pages = sections.flatMap(({ pages }) => Object.keys(pages));
  expect(pages.filter((page) => !built(page))).toEqual([]);
  expect(built(join(API.link, "index"))).toBe(true);
}, 120_000);
