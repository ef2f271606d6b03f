import { SUFFICIENT, type Troubles } from "./answers";

export const adoption: Troubles = {
  "--map …: there is no such place; known are …": SUFFICIENT,
  "There is no …. …": SUFFICIENT,
  "There is no ….": {
    en: "It is not in the state file, or not in the project. Look whether both are those of this environment: [moving in](adopt.md).",
    fr: "Il n’est pas dans le fichier d’état, ou pas dans le projet. Vérifiez que les deux sont ceux de cet environnement : [emménager](adopt.md).",
  },
  "No … is called …. … Say which it is: --map …=…": SUFFICIENT,
  "There are … for the …. … Say which it is: --map …=…": SUFFICIENT,
  "The … … belongs to the project …, the environment to …. …": SUFFICIENT,
  "The database runs …, the environment …. Upgrade it first, in Scaleway's console (Databases, Upgrade), on a quiet afternoon of its own.":
    SUFFICIENT,
  "The password of Airflow's user of the database is not known. Give AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=postgresql://user:password@host:port/database in the file of --secrets.":
    {
      en: "It is where the former deployment has it: [what the secrets file is for](adopt.md#what-the-secrets-file-is-for).",
      fr: "Il est là où l’ancien déploiement le garde : [à quoi sert le fichier de secrets](adopt.md#à-quoi-sert-le-fichier-de-secrets).",
    },
  "Of these secret variables nobody can read the values: …. Give them in a file of NAME=value lines, which nobody else may read: --secrets <file>":
    {
      en: "[What the secrets file is for](adopt.md#what-the-secrets-file-is-for).",
      fr: "[À quoi sert le fichier de secrets](adopt.md#à-quoi-sert-le-fichier-de-secrets).",
    },
  "The value that was given for … is not the one that the …'s container has. Give that one, if need be as ….…=…":
    {
      en: "Scaleway keeps hashes of secret variables, and the hash of this value is another.",
      fr: "Scaleway garde des hachés des variables secrètes, et celui de cette valeur est différent.",
    },
};
