/** The languages of the site; English pages are in `docs`, those of another language in a folder called after it. */
export const languages = ["en", "fr"] as const;
/** A language of the site. */
export type Language = (typeof languages)[number];

/** What something is called in each language. */
export type Titles = Readonly<Record<Language, string>>;

/** Pages that belong together: file name without `.md`, and what it is called in the menu. */
export interface Section {
  readonly title: Titles;
  readonly pages: Readonly<Record<string, Titles>>;
}

/** Every page that people write, in the order of the menu. */
export const sections: readonly Section[] = [
  {
    title: { en: "Start", fr: "Commencer" },
    pages: {
      start: { en: "Start here", fr: "Commencer ici" },
      picture: { en: "In one picture", fr: "En une image" },
      environments: { en: "Environments", fr: "Environnements" },
      development: { en: "Development", fr: "Développement" },
      library: { en: "The library", fr: "La bibliothèque" },
    },
  },
  {
    title: { en: "Run it", fr: "Exploiter" },
    pages: {
      settings: { en: "Settings", fr: "Réglages" },
      connections: { en: "Connections, variables, pools", fr: "Connexions, variables, pools" },
      logs: { en: "Logs", fr: "Logs" },
      rotation: { en: "Secrets and rotation", fr: "Secrets et rotation" },
      pipeline: { en: "From DAG edit to production", fr: "Du DAG modifié à la prod" },
      cost: { en: "Cost", fr: "Coût" },
      adopt: { en: "Moving in", fr: "Emménager" },
      migrate: { en: "From Clever Cloud", fr: "Depuis Clever Cloud" },
    },
  },
  {
    title: { en: "When something goes wrong", fr: "En cas de problème" },
    pages: {
      troubleshooting: { en: "Troubleshooting", fr: "Dépannage" },
      back: { en: "Going back", fr: "Revenir en arrière" },
      restore: { en: "Bringing a database back", fr: "Restaurer la base" },
      hazards: { en: "Hazards", fr: "Risques" },
    },
  },
  {
    title: { en: "Contribute", fr: "Contribuer" },
    pages: {
      architecture: { en: "Architecture", fr: "Architecture" },
      "benchmarks/preview": { en: "Benchmark: previews", fr: "Mesures : previews" },
      "benchmarks/loop": { en: "Benchmark: a changed DAG", fr: "Mesures : un DAG modifié" },
      "benchmarks/airflow": { en: "Benchmark: inside the limits", fr: "Mesures : dans ses limites" },
      "benchmarks/images": { en: "Benchmark: images", fr: "Mesures : images" },
    },
  },
];

/** Generated when the site is built, in English alone. */
export const API = {
  title: { en: "API reference", fr: "API (en anglais)" },
  link: "/api/",
};

/** The pages to which the bar at the top leads. */
export const top = ["start", "settings", "troubleshooting"];

/** What a page is called in the menu. */
export const titlesOf = (page: string): Titles =>
  sections.flatMap(({ pages }) => pages[page] ?? [])[0]!;

/** Where the pages of a language are. */
export const folderOf = (language: Language) => (language === "en" ? "/" : `/${language}/`);
