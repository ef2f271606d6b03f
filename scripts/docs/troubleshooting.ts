import type { Language } from "../../docs/.vitepress/pages";
import { messages, type Place } from "./messages";
import { inCode, item } from "./markdown";
import { troubles } from "./troubles";

const TITLES = {
  en: {
    deploying: "`pulumi up` fails",
    logs: "In the log of a container",
    commands: "A command fails",
    setup: "Something is missing on this machine",
  },
  fr: {
    deploying: "`pulumi up` échoue",
    logs: "Dans le log d’un conteneur",
    commands: "Une commande échoue",
    setup: "Il manque quelque chose sur cette machine",
  },
} as const;

/** What to do about every message that the sources make, by where people meet it. */
export function troubleshooting(language: Language): string {
  return Object.entries(messages())
    .flatMap(([place, found]) => [
      `## ${TITLES[language][place as Place]}`,
      found.map((message) => item(inCode(message), advice(message, language))).join("\n"),
    ])
    .join("\n\n");
}

/** What to do about a message; throws where nobody has said it. */
export function advice(message: string, language: Language): string {
  const found = troubles[message]?.[language];
  if (found) return found;
  throw new Error(
    `The message "${message}" has no text in ${language}: say in scripts/docs/troubles what to do`,
  );
}
