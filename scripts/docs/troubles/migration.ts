import { SUFFICIENT, type Troubles } from "./answers";

export const migration: Troubles = {
  "There is no file …": SUFFICIENT,
  "The former Airflow still runs (…): stop its applications with `clever stop`, and wait half a minute":
    SUFFICIENT,
  "The former database holds no Airflow in its schema public: give another address": {
    en: "The address is `POSTGRESQL_ADDON_URI` in what `clever env` prints; an instance may hold several databases.",
    fr: "L’adresse est `POSTGRESQL_ADDON_URI` dans ce qu’affiche `clever env` ; une instance peut contenir plusieurs bases.",
  },
  "The former database runs PostgreSQL …, and pg_dump …: install PostgreSQL's client programs, … or newer (Debian: apt-get install postgresql-client-…)":
    SUFFICIENT,
  "The schema of the database, …, is none that this image can upgrade: it is older than that of Airflow 2.7, or newer than this image. Upgrade the former Airflow to the latest 2 first.":
    {
      en: "The former Airflow is too old, or newer than this project. Upgrade it to the latest Airflow 2 where it runs, and rehearse again: [from Clever Cloud](migrate.md).",
      fr: "L’ancien Airflow est trop vieux, ou plus récent que ce projet. Mettez-le au dernier Airflow 2 là où il tourne, et répétez : [depuis Clever Cloud](migrate.md).",
    },
  "AIRFLOW__CORE__FERNET_KEY, as `clever env` printed it, does not read: …. Add the key that wrote them, after a comma; what no key reads, delete in the former Airflow":
    {
      en: "What is named was encrypted with another key than the one that is set now. Nothing was changed in either place.",
      fr: "Ce qui est nommé a été chiffré avec une autre clé que celle d’aujourd’hui. Rien n’a été modifié, d’un côté ni de l’autre.",
    },
  "Logs are in a folder of the bucket …, and --logs-in-cellar is for whole buckets: move the logs first":
    {
      en: "`npm run migrate -- logs` moves them; [the runbook](migrate.md) has the order.",
      fr: "`npm run migrate -- logs` les déplace ; l’ordre est dans [le mode d’emploi](migrate.md).",
    },
  "Not all rows were copied:": {
    en: "The copy is deleted, and nothing else was changed. Give the same command again; the tables that differ are named.",
    fr: "La copie est supprimée, et rien d’autre n’a changé. Relancez la même commande ; les tables qui diffèrent sont nommées.",
  },
  "The address of the database is not of the form postgresql://user:password@host:port/database": {
    en: "It is `POSTGRESQL_ADDON_URI` or `AIRFLOW__DATABASE__SQL_ALCHEMY_CONN` in what `clever env` prints.",
    fr: "C’est `POSTGRESQL_ADDON_URI` ou `AIRFLOW__DATABASE__SQL_ALCHEMY_CONN` dans ce qu’affiche `clever env`.",
  },
  "The database is in a private network alone. Let yourself in for the time of the migration: pulumi config set -s … --path 'airflow:database.publicAccess[0]' <your IPv4 address>/32, then pulumi up -s …":
    SUFFICIENT,
  "The database … at …:… lets nobody in: …": {
    en: "The reason is PostgreSQL’s. Look whether the former database is up, and whether this machine may reach it.",
    fr: "La raison est donnée par PostgreSQL. Regardez si l’ancienne base tourne, et si cette machine peut l’atteindre.",
  },
  "The image … could not upgrade the copy:": {
    en: "What Airflow said is below the message. The copy is deleted, and nothing else was changed.",
    fr: "Ce qu’a dit Airflow est sous le message. La copie est supprimée, et rien d’autre n’a changé.",
  },
  "The stack … has no webserver; run pulumi up -s … first": SUFFICIENT,
  "There is neither … in what `clever env` printed. Add what the add-on has: clever addon env <environment>-airflow-… >> <file>":
    SUFFICIENT,
  "… has lines that are no variable as `clever env` prints it: …": {
    en: "The numbers are those of the lines. Write the file anew with `clever env > clever.env`.",
    fr: "Les nombres sont ceux des lignes. Réécrivez le fichier avec `clever env > clever.env`.",
  },
  "… is not JSON as `clever env --format json` prints it": {
    en: "Write the file anew with `clever env --format json > clever.json`.",
    fr: "Réécrivez le fichier avec `clever env --format json > clever.json`.",
  },
  "… leads out of …": {
    en: "An object of the bucket has `..` in its key: rename or delete it there.",
    fr: "Un objet du bucket a `..` dans sa clé : renommez-le ou supprimez-le là-bas.",
  },
  "… names no folder of an S3 server, as s3://bucket": {
    en: "It is `AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER`, or what you gave.",
    fr: "C’est `AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER`, ou ce que vous avez donné.",
  },
};
