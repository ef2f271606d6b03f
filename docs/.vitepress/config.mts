import { defineConfig, type DefaultTheme } from "vitepress";
import { frenchSearch, frenchTheme } from "./french";
import { API, folderOf, type Language, sections, type Titles, titlesOf, top } from "./pages";
import { repositoryLinks } from "./repositoryLinks";
import { slug } from "./slug";

const [, repository] = process.env.GITHUB_REPOSITORY?.split("/") ?? [];

export default defineConfig({
  title: "Airflow on Scaleway",
  base: repository ? `/${repository}/` : "/",
  cleanUrls: true,
  markdown: {
    anchor: { slugify: slug },
    attrs: { disable: true }, // braces in a text are braces, as in the repository
    config: (md) => void md.use(repositoryLinks),
  },
  locales: {
    root: {
      label: "English",
      lang: "en",
      description: "A complete Apache Airflow on Scaleway, as a Pulumi program and library",
      themeConfig: theme("en"),
    },
    fr: {
      label: "Français",
      lang: "fr",
      title: "Airflow sur Scaleway",
      description: "Un Apache Airflow complet sur Scaleway, programme et bibliothèque Pulumi",
      themeConfig: { ...theme("fr"), ...frenchTheme },
    },
  },
  themeConfig: {
    outline: [2, 3],
    search: { provider: "local", options: { locales: { fr: { translations: frenchSearch } } } },
  },
});

function theme(language: Language): DefaultTheme.Config {
  const folder = folderOf(language);
  const linked = (page: string, titles: Titles) => ({
    text: titles[language],
    link: folder + page,
  });
  const api = { text: API.title[language], link: API.link };
  const sidebar = sections.map(({ title, pages }) => ({
    text: title[language],
    items: Object.entries(pages).map(([page, titles]) => linked(page, titles)),
  }));
  const nav = top.map((page) => linked(page, titlesOf(page)));
  return { nav: [...nav, api], sidebar: [...sidebar, { items: [api] }] };
}
