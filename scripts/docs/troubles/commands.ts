import type { Titles } from "../../../docs/.vitepress/pages";
import { FAULT, NETWORK, SUFFICIENT, type Troubles } from "./answers";

const STATE_FILE: Titles = {
  en: "Give the file that `terraform state pull` or `tofu state pull` writes.",
  fr: "Donnez le fichier qu’écrit `terraform state pull` ou `tofu state pull`.",
};

export const commands: Troubles = {
  "There is no …; the stacks here are: …": SUFFICIENT,
  "There is no Pulumi.….yaml; without one, only pull requests have an environment: pr-<number>": {
    en: "Give the name of a stack that has a file, or make that file: [environments](environments.md).",
    fr: "Donnez le nom d’une stack qui a un fichier, ou créez ce fichier : [environnements](environments.md).",
  },
  "SCW_SECRET_KEY is not set: give it the secret key of a Scaleway API key.": SUFFICIENT,
  "SCW_SECRET_KEY is not set: give it the secret key of the key that deploys.": SUFFICIENT,
  "The variable … is missing; GitHub's workflows set it": {
    en: "The command is for GitHub’s workflows; by hand, set that variable.",
    fr: "La commande est faite pour les workflows de GitHub ; à la main, donnez cette variable.",
  },
  "GitHub answered … to … …: …": {
    en: "With 401 or 403, the workflow’s token lacks a right; otherwise run the workflow again.",
    fr: "Avec 401 ou 403, le jeton du workflow n’a pas le droit ; sinon relancez le workflow.",
  },
  "An update of … would be refused.": {
    en: "The preview above says what is refused, and what to type instead.",
    fr: "L’aperçu ci-dessus dit ce qui est refusé, et quoi taper à la place.",
  },
  "… is too large to be a preview": FAULT,
  "These could not be removed: …": {
    en: "What stands in the way is above. Give the same command again; it goes on with what is left.",
    fr: "Ce qui l’empêche est au-dessus. Relancez la même commande ; elle continue avec ce qui reste.",
  },
  "It takes numbers of pull requests, such as 12,13.": SUFFICIENT,
  "It takes a number from 1 on.": SUFFICIENT,
  "The stack … has no registry; deploy it first.": SUFFICIENT,
  "The stack … has no …; run `pulumi up --stack …` first.": SUFFICIENT,
  "… names no image by its registry and digest": {
    en: "Name the image as `pulumi stack output images` does.",
    fr: "Nommez l’image comme le fait `pulumi stack output images`.",
  },
  "… answered …: …": NETWORK,
  '--keep … is no number of days, such as "30 days"': SUFFICIENT,
  'The backup … is not ready but "…".': {
    en: "Wait until it is, or take another one: [bringing a database back](restore.md).",
    fr: "Attendez qu’elle le soit, ou prenez-en une autre : [restaurer la base](restore.md).",
  },
  "There is no backup of the database … of an instance …; make one with `npm run backup`.": {
    en: "Look in Scaleway’s console whether there is a snapshot: [bringing a database back](restore.md).",
    fr: "Regardez dans la console Scaleway s’il y a un snapshot : [restaurer la base](restore.md).",
  },
  '… is not ready but in status "…"': {
    en: "Scaleway’s console says why. When it is ready, give the same command again.",
    fr: "La console Scaleway dit pourquoi. Quand c’est prêt, relancez la même commande.",
  },
  "Give the former version: --airflow 3.2.2": SUFFICIENT,
  "The database of the stack … is not of its environment: airflow:existing.database says where it is. Back it up and restore it with the means of whoever runs it, such as pg_dump and pg_restore; `npm run back` then does without a backup: add --no-backup.":
    SUFFICIENT,
  "The DAG run … failed; its log is above.": {
    en: "Mend the DAG; `npm run try` goes on from there.",
    fr: "Corrigez le DAG ; `npm run try` repart de là.",
  },
  "The emulator of Scaleway did not start. The end of its log, …:": {
    en: "The log says why: most often Docker does not answer, or a port is taken. Another emulator with the same folder has to be stopped first.",
    fr: "Le log dit pourquoi : le plus souvent Docker ne répond pas, ou un port est pris. Un autre émulateur sur le même dossier doit d’abord être arrêté.",
  },
  "The emulator runs no …/…; it runs: …": FAULT,
  "/emulator/… answered …": FAULT,
  "--map … is not of the form place=name": SUFFICIENT,
  "Name the project: export SCW_DEFAULT_PROJECT_ID=<id>": SUFFICIENT,
  "Something would be deleted or replaced. Do not deploy: take the state back with --undo --apply, and have what is named above used as it is (docs/adopt.md).":
    {
      en: "Do what the message says: [moving in](adopt.md#what-is-refused).",
      fr: "Faites ce que dit le message : [emménager](adopt.md#ce-qui-est-refusé).",
    },
  "The environment is one that these components do not make:": {
    en: "Each line says what to change there, or which setting to give: [moving in](adopt.md).",
    fr: "Chaque ligne dit quoi y changer, ou quel réglage donner : [emménager](adopt.md).",
  },
  "The project … has no containers in this region. Name another one in SCW_DEFAULT_PROJECT_ID or SCW_DEFAULT_REGION, or give the state file of Terraform or OpenTofu with --state.":
    SUFFICIENT,
  "… manages no container of Scaleway (scaleway_container), but …: it describes another platform or another part of yours. Give the state in which the containers of Airflow are.":
    SUFFICIENT,
  "The stack has been deployed already. An environment is taken over by a stack of its own, before its first `pulumi up`; --undo --apply makes it forget what it has.":
    {
      en: "Use a stack that has never been deployed: [moving in](adopt.md).",
      fr: "Prenez une stack qui n’a jamais été déployée : [emménager](adopt.md).",
    },
  "There is no …. Name the folder of the Pulumi program: --cwd <folder>": SUFFICIENT,
  "… has the version …; version … is what can be read. …": STATE_FILE,
  "… is encrypted by OpenTofu. Let it decrypt it: `tofu state pull > state.json`, and delete that file afterwards.":
    SUFFICIENT,
  "… is no JSON. …": STATE_FILE,
  "… is not a state as Terraform writes it: …. …": STATE_FILE,

  "Endpoints, regions and credentials are explained by …": {
    en: "What is wrong with which bucket is above it: [logs](logs.md).",
    fr: "Ce qui ne va pas, et avec quel bucket, est au-dessus : [logs](logs.md).",
  },
};
