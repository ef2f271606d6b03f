import type { Titles } from "../../../docs/.vitepress/pages";

/** What to do, by message. */
export type Troubles = Readonly<Record<string, Titles | undefined>>;

export const SUFFICIENT: Titles = {
  en: "What to type is in the message.",
  fr: "Ce qu’il faut taper est dans le message.",
};
export const NETWORK: Titles = {
  en: "Look whether the address is reached from this machine, and whether the service is up; then give the same command again.",
  fr: "Regardez si l’adresse est joignable depuis cette machine et si le service répond ; puis relancez la même commande.",
};
export const FAULT: Titles = {
  en: "A fault of this project, or a checkout that is not whole: report it.",
  fr: "Un défaut de ce projet, ou un clone incomplet : signalez-le.",
};
