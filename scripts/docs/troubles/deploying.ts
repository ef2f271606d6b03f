import { NETWORK, SUFFICIENT, type Troubles } from "./answers";

export const deploying: Troubles = {
  "Whether the DAGs can be imported was not checked: … cannot log in (…).": {
    en: "A warning: the first account’s password was changed by hand, so nothing asked Airflow for DAG files that fail. Look at its start page. To have it asked again, [renew](rotation.md) `adminPassword`.",
    fr: "Un avertissement : le mot de passe du premier compte a été changé à la main, donc rien n’a demandé à Airflow quels fichiers de DAG échouent. Regardez sa page d’accueil. Pour que ce soit demandé de nouveau, [renouvelez](rotation.md) `adminPassword`.",
  },
  "The key that deploys lacks the permission set ….": {
    en: "Give it that in Scaleway’s console under IAM, Policies. For the log bucket there is another way, too, which the message spells out: have somebody make project and key.",
    fr: "Donnez-le-lui dans la console de Scaleway sous IAM, Policies. Pour le bucket des logs il y a aussi un autre chemin, que le message détaille : faites créer le projet et la clé par quelqu’un.",
  },
  "… exists twice: a call that failed took effect all the same. Delete …; it is not used.":
    SUFFICIENT,
  'The container … is not ready but in status "…": ….': {
    en: "The new version did not start; the old one goes on. The end of its log is below the message: mend what it says and run `pulumi up` again. Without the log, look in Cockpit.",
    fr: "La nouvelle version n’a pas démarré ; l’ancienne continue. La fin de son log est sous le message : corrigez ce qu’il dit et relancez `pulumi up`. Sans log, regardez dans Cockpit.",
  },
  "… did not come within … s; last: …": {
    en: "Airflow runs, but a part of it is not healthy, its login does not answer, or DAG files cannot be imported; the message names them. Mend them and run `pulumi up` again.",
    fr: "Airflow tourne, mais une partie ne va pas bien, la connexion des utilisateurs ne répond pas, ou des fichiers de DAG ne s’importent pas ; le message les nomme. Corrigez et relancez `pulumi up`.",
  },
  "airflow:downgrade.backup: … will not do: …. Nothing was stopped. Make a backup with `npm run backup` and name it here, or write … to do without.":
    {
      en: "The backup is missing, of another database, not finished or older than a day. [Going back](back.md) has the whole way.",
      fr: "La sauvegarde manque, est d’une autre base, inachevée ou vieille de plus d’un jour. Tout le chemin est dans [revenir en arrière](back.md).",
    },
  "connections, airflowVariables and pools: …": {
    en: "They travel in one variable, which has a limit. Keep large values in files of the DAGs or in the bucket: [connections](connections.md).",
    fr: "Ils voyagent dans une seule variable, qui a une limite. Gardez les grandes valeurs dans des fichiers des DAGs ou dans le bucket : [connexions](connections.md).",
  },
  "Secret Manager does not give what is referred to:": {
    en: "Look for the name, the folder and an enabled revision in Scaleway’s console; the key that deploys needs `SecretManagerReadOnly` and `SecretManagerSecretAccess`.",
    fr: "Cherchez le nom, le dossier et une révision active dans la console Scaleway ; la clé qui déploie a besoin de `SecretManagerReadOnly` et de `SecretManagerSecretAccess`.",
  },
  "Cockpit has no logs of this project": {
    en: "Only the log is missing from a message about a container: look in Scaleway’s console.",
    fr: "Il ne manque que le log dans un message sur un conteneur : regardez dans la console Scaleway.",
  },
  "no secret key is known": {
    en: "Only the log is missing from a message about a container: `SCW_SECRET_KEY` is not set.",
    fr: "Il ne manque que le log dans un message sur un conteneur : `SCW_SECRET_KEY` n’est pas donné.",
  },
  "… … answered …: …": NETWORK,
  "… … failed: …": NETWORK,
};
