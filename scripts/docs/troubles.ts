import type { Titles } from "../../docs/.vitepress/pages";

const SUFFICIENT: Titles = {
  en: "What to type is in the message.",
  fr: "Ce qu’il faut taper est dans le message.",
};
const NETWORK: Titles = {
  en: "Look whether the address is reached from this machine, and whether the service is up; then give the same command again.",
  fr: "Regardez si l’adresse est joignable depuis cette machine et si le service répond ; puis relancez la même commande.",
};
const FAULT: Titles = {
  en: "A fault of this project, or a checkout that is not whole: report it.",
  fr: "Un défaut de ce projet, ou un clone incomplet : signalez-le.",
};
const STATE_FILE: Titles = {
  en: "Give the file that `terraform state pull` or `tofu state pull` writes.",
  fr: "Donnez le fichier qu’écrit `terraform state pull` ou `tofu state pull`.",
};

/** What to do about each message of `messages()`. */
export const troubles: Readonly<Record<string, Titles | undefined>> = {
  // Deploying
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

  // Logs of the containers
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

  // Commands
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

  // Set-up
  "No Docker client with BuildKit was found on PATH: install Docker 20.10 or later with its buildx plugin.":
    SUFFICIENT,
  "No Docker engine answers: install Docker 20.10 or later (with buildx), start it, and let this user reach it.":
    SUFFICIENT,
  "dockerd …; the end of …:": {
    en: "The end of its log says why; a machine without root, or a container without privileges, cannot run it.",
    fr: "La fin de son log dit pourquoi ; une machine sans root, ou un conteneur sans privilèges, ne peut pas le faire tourner.",
  },
  "docker compose is missing: install Docker's compose plugin.": SUFFICIENT,
  "docker-registry is missing: install the Debian package `docker-registry` (apt-get install docker-registry)":
    SUFFICIENT,
  "pg_dump and pg_restore of PostgreSQL 16 are missing: install postgresql-client-16, or python3-pip to fetch them":
    SUFFICIENT,
  "… cannot be built from source: install Go … or newer (or Pulumi, if that is what is missing).":
    SUFFICIENT,
  "… is built from its Go module: install Go 1.25 or newer": SUFFICIENT,
  "… cannot be pulled, and a stand-in needs Debian, root and the package debootstrap.": {
    en: "Let this machine reach the registry of the image, or install `debootstrap` on a Debian machine with root.",
    fr: "Permettez à cette machine d’atteindre le registre de l’image, ou installez `debootstrap` sur une machine Debian avec root.",
  },
  "no answer within … s": NETWORK,
  "status …": NETWORK,
  "tools/pulumi/go.mod does not require …": FAULT,
  "… does not require …": FAULT,

  // Moving from Clever Cloud
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

  // Adopting
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

  // Releases of this package
  "The tag is …, the version in package.json …: tag the release v….": SUFFICIENT,
  'CHANGELOG.md begins with …: say above it, under "## …", what is new.': SUFFICIENT,
};
