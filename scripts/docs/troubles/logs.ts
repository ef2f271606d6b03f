import type { Troubles } from "./answers";

export const logs: Troubles = {
  "Gave up waiting for … after … s: …": {
    en: "The container could not reach its database, or another one migrates it for too long. It is started again; if that goes on, look at the database in Scaleway’s console.",
    fr: "Le conteneur n’a pas atteint sa base, ou un autre la migre depuis trop longtemps. Il est redémarré ; si cela dure, regardez la base dans la console Scaleway.",
  },
  "The metadata database is newer than this image: … is at …, which … … does not know, and only the newer image can take it back. Go to the checkout that was deployed before this one and type: npm run back -- --stack <stack> …":
    {
      en: "A newer Airflow has changed the database. [Going back](back.md), or deploy the newer version again.",
      fr: "Un Airflow plus récent a modifié la base. [Revenir en arrière](back.md), ou déployer de nouveau la version plus récente.",
    },
  "The database cannot go back to … …: it is too old.": {
    en: "Take the setting `airflow:downgrade` out, or name a version that is less old.",
    fr: "Retirez le réglage `airflow:downgrade`, ou nommez une version moins ancienne.",
  },
  "The database is older already than …: … is at …. Remove the setting airflow:downgrade and deploy that version, which migrates it.":
    {
      en: "`pulumi config rm -s <stack> airflow:downgrade`, then deploy the version that is named.",
      fr: "`pulumi config rm -s <stack> airflow:downgrade`, puis déployez la version nommée.",
    },
  "… needs no other schema than these images, of …: there is nothing to take back. Remove the setting airflow:downgrade and deploy the former version.":
    {
      en: "`pulumi config rm -s <stack> airflow:downgrade`, then deploy the former version as it is.",
      fr: "`pulumi config rm -s <stack> airflow:downgrade`, puis déployez la version antérieure telle quelle.",
    },
  "Airflow cannot read what is declared of the … ….": {
    en: "Correct what the settings say of the connections, variables or pools that are named: [connections](connections.md).",
    fr: "Corrigez ce que les réglages disent des connexions, variables ou pools nommés : [connexions](connections.md).",
  },
  "The administrator … could not be created; see the errors above.": {
    en: "Usually another user has its e-mail address or its name in another case: take `airflow:adminUsername` to one that is free.",
    fr: "En général, un autre utilisateur a son adresse ou son nom avec une autre casse : donnez à `airflow:adminUsername` un nom libre.",
  },
  "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN is not set: give it the address of the metadata database.": {
    en: "The image runs outside of these components: give it that variable.",
    fr: "L’image tourne en dehors de ces composants : donnez-lui cette variable.",
  },
  "… is not set: the webserver needs it to make sure that an administrator exists.": {
    en: "The image runs outside of these components: give it that variable.",
    fr: "L’image tourne en dehors de ces composants : donnez-lui cette variable.",
  },
  "Give one or more of …, each once; got: ….": {
    en: "The container’s command is another than these components give: take it out.",
    fr: "La commande du conteneur n’est pas celle que donnent ces composants : retirez-la.",
  },
};
