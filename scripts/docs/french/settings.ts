const container = (what: string) => ({
  cpu: `Puissance de calcul ${what}, en mvCPU (millièmes de CPU virtuel) ou avec une unité : 1000, 1 vCPU`,
  memory: `Mémoire ${what}, en Mo de 10^6 octets ou avec une unité : 4096, 4GB, 4Gi`,
  localStorage: `Disque ${what}, en Mo de 10^6 octets ou avec une unité : 10000, 10GB`,
});

const nested = (prefix: string, texts: Record<string, string>) =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [`${prefix}.${key}`, text]));

const variables = {
  all: "Pour tous les conteneurs",
  webserver: "Pour le webserver",
  scheduler: "Pour le scheduler, dans le conteneur duquel tournent les tâches",
  dagProcessor: "Pour le dag-processor, s’il a son propre conteneur",
};

const SECRET = "à donner avec `pulumi config set --secret --path`";
const SEEN = "Pour les personnes qui le voient dans l’interface";

/** What each setting is, in French, by its key below `airflow:`. */
export const settingTexts: Readonly<Record<string, string | undefined>> = {
  prefix: "Première partie du nom de chaque ressource",
  names: "Noms qui diffèrent de ceux par défaut",
  ...nested("names", {
    namespace: "Namespace de conteneurs ; par défaut <prefix>-<environnement>",
    registry: "Namespace de registre ; par défaut <prefix>-<environnement>-airflow",
    privateNetwork: "Réseau privé ; par défaut <prefix>-<environnement>-airflow",
    database: "Instance et base de données ; par défaut <prefix>-<environnement>-airflow",
    bucket: "Bucket des logs ; par défaut <prefix>-<environnement>-airflow",
    webserver: "Conteneur du webserver ; par défaut <prefix>-airflow-webserver",
    scheduler: "Conteneur du scheduler ; par défaut <prefix>-airflow-scheduler",
    dagProcessor: "Conteneur du dag-processor ; par défaut <prefix>-airflow-dag-processor",
  }),
  existing: "Ce qui existe déjà et qui est utilisé au lieu d’être créé",
  ...nested("existing", {
    namespaceId: "Namespace de conteneurs, par son identifiant : fr-par/11111111-…",
    registryEndpoint: "Namespace de registre, par son adresse : rg.fr-par.scw.cloud/acme",
    privateNetworkId: "Réseau privé, par son identifiant : fr-par/11111111-…",
    database: "Une base de données PostgreSQL",
    "database.endpoint": "Adresse et port : 172.16.4.2:5432",
    "database.name": "Nom de la base de données, qu’Airflow a pour lui seul",
    "database.username": "Un utilisateur qui peut tout y faire",
    "database.password": `Son mot de passe ; ${SECRET}`,
    "database.certificate": "Certificat du serveur ou de son autorité, en PEM",
  }),
  adopted:
    "Ce qu’un environnement a apporté et qui a été créé par autre chose ; c’est `adopt` qui l’écrit",
  ...nested("adopted", {
    database: "Une base de données : ce qui ne peut y changer sans perte de données",
    "database.name": "Nom de la base de données dans l’instance",
    "database.username": "L’utilisateur à qui appartiennent les tables d’Airflow",
    "database.password": "Son mot de passe, jusqu’à sa rotation",
    "database.administrator": "Le premier utilisateur de l’instance ; ce peut être le même",
    "database.administratorPassword":
      "Le mot de passe de l’administrateur, si c’est un autre utilisateur",
    "database.volumeType": "Type du volume : sbs_5k ou sbs_15k",
    fernetKey: "Clé qui chiffre les connexions et les variables",
    jwtSecret: "Clé qui signe les jetons",
    apiSecretKey: "Clé qui signe les sessions de l’interface",
  }),
  context: "Dossier des Dockerfiles et des DAGs, à partir du projet Pulumi",
  baseImage: "Image de base ; par défaut l’image officielle « slim » d’Airflow",
  images:
    "Images qui existent déjà, à déployer au lieu d’en construire ; une image nommée ici l’emporte",
  ...nested("images", {
    fromStack: "Stack de ce projet dont les images sont déployées telles quelles : preprod",
    webserver: "L’image du webserver, par sa référence avec digest",
    scheduler: "L’image du scheduler et du dag-processor, par sa référence avec digest",
  }),
  webserver: "Le conteneur du webserver",
  ...nested("webserver", container("du webserver")),
  "webserver.requestTimeout":
    "Durée maximale d’une requête, en secondes ou avec une unité : 300, 5 minutes",
  scheduler: "Le conteneur du scheduler, dans lequel tournent les tâches",
  ...nested("scheduler", container("du scheduler")),
  dagProcessor:
    "Avec une taille : le dag-processor a son propre conteneur ; sinon il est dans celui du scheduler",
  ...nested("dagProcessor", container("du dag-processor")),
  database: "La base de données PostgreSQL",
  ...nested("database", {
    nodeType: "Type de nœud de Scaleway",
    volumeSize:
      "Taille du volume, en Go ou avec une unité, multiple de 5 ; elle ne peut qu’augmenter",
    highAvailability: "Deux nœuds au lieu d’un ; on ne peut pas revenir en arrière",
    backupRetention:
      "Jours pendant lesquels chaque snapshot quotidien, la sauvegarde automatique de Scaleway, est gardé dans la région de la base",
    publicAccess:
      "Plages d’adresses IPv4, comme 203.0.113.7/32, qui peuvent atteindre la base par une adresse publique ; sans elles il n’y en a pas",
  }),
  logs: "Où sont les logs des tâches, et pour combien de temps",
  ...nested("logs", {
    retention: "Jours après lesquels les logs sont supprimés, ou forever (jamais)",
    coldStorage: "Quand les logs passent à une classe de stockage moins chère ; par défaut jamais",
    "coldStorage.after": "Âge en jours",
    "coldStorage.storageClass":
      "ONEZONE_IA, lisible tout de suite, ou GLACIER, lisible seulement après restauration",
    versioning: "Si les versions remplacées ou supprimées restent 7 jours",
    projectId: "Projet qui contient le bucket ; par défaut un nouveau, pour lui seul",
    key: "Une clé pour le stockage objet de ce projet ; par défaut une nouvelle",
    "key.accessKey": "Clé d’accès (access key)",
    "key.secretKey": `Clé secrète (secret key) ; ${SECRET}`,
    existingBucket: "Un bucket qui existe déjà, sur n’importe quel serveur qui parle S3",
    "existingBucket.endpoint":
      "Adresse du serveur, l’`endpoint_url` de la connexion des logs : https://cellar-c2.services.clever-cloud.com",
    "existingBucket.region":
      "Région pour laquelle les requêtes sont signées ; si le serveur n’en a pas, celle qu’il documente, comme us-east-1",
    "existingBucket.name": "Nom du bucket",
    "existingBucket.accessKey": "Clé d’accès (access key)",
    "existingBucket.secretKey": `Clé secrète (secret key) ; ${SECRET}`,
  }),
  adminUsername: "Nom d’utilisateur du premier compte de l’interface",
  rotation:
    "Augmenter un nombre de un et déployer pour renouveler un secret ; un nombre ne fait que croître",
  ...nested("rotation", {
    all: "Les cinq secrets",
    fernetKey: "La clé qui chiffre les connexions et les variables",
    jwtSecret:
      "Les clés qui signent les jetons et les sessions ; celles de la génération précédente restent acceptées",
    databasePassword: "Les mots de passe des utilisateurs de la base de données",
    adminPassword: "Le mot de passe du premier compte",
    logKey: "La clé API du bucket des logs",
  }),
  downgrade:
    "Arrête Airflow et ramène la base de données au schéma d’une version antérieure, à déployer ensuite ; c’est `npm run back` qui le règle",
  ...nested("downgrade", {
    airflow: "Version d’Airflow au schéma de laquelle la base revient",
    fab: "Version d’apache-airflow-providers-fab au schéma de laquelle elle revient, s’il diffère",
    backup:
      "Identifiant d’une sauvegarde faite par `npm run backup` depuis moins d’un jour, ou none",
  }),
  variables: "Vos propres variables d’environnement",
  ...nested("variables", variables),
  secretVariables: `Vos propres variables d’environnement que personne ne doit lire ; ${SECRET}`,
  ...nested("secretVariables", variables),
  connections: `Les connexions d’Airflow, apportées dans sa base à chaque déploiement ; les secrets sont ${SECRET}`,
  "connections.<name>":
    "Ses parties, ou une uri ; toute valeur peut être { fromSecretManager: <nom> }",
  ...nested("connections.<name>", {
    type: "Ce à quoi elle mène : postgres, http, aws, …",
    host: "Nom ou adresse du serveur",
    port: "Son port, un nombre entier",
    login: "Nom d’utilisateur",
    password: `Mot de passe ; ${SECRET}`,
    schema: "Pour une base de données, le nom de la base",
    extra: "Ce que ce type de connexion connaît d’autre, comme `endpoint_url`",
    uri: "Toute la connexion en une adresse",
    description: SEEN,
  }),
  airflowVariables:
    "Les variables d’Airflow, apportées dans sa base : texte, JSON, ou { value, description }",
  pools: "Les pools d’Airflow, apportés dans sa base",
  "pools.<name>": "Combien de ses tâches peuvent tourner à la fois",
  ...nested("pools.<name>", {
    slots: "Combien de tâches du pool tournent à la fois ; -1 pour un nombre quelconque",
    includeDeferred: "Si les tâches différées comptent",
    description: SEEN,
  }),
  protect:
    "Si la base, le bucket des logs et les conteneurs refusent d’être détruits ; sinon les logs disparaissent avec le bucket",
};

/** What may be written as a value, in French, by how it is said in English. */
export const valueTexts: Readonly<Record<string, string | undefined>> = {
  text: "texte",
  list: "liste",
  "values by name": "valeurs par nom",
  "`true` or `false`": "`true` ou `false`",
  "`sbs_5k` or `sbs_15k`": "`sbs_5k` ou `sbs_15k`",
  "`ONEZONE_IA` or `GLACIER`": "`ONEZONE_IA` ou `GLACIER`",
  "70 to 6000 mvCPU, such as 1000, 1000m or 1 vCPU": "70 à 6000 mvCPU, comme 1000, 1000m ou 1 vCPU",
  "128 to 12288 MB, such as 4096, 4GB or 4Gi": "128 à 12288 Mo, comme 4096, 4GB ou 4Gi",
  "up to 24000 MiB, such as 10000, 10GB or 10Gi": "24000 Mio au plus, comme 10000, 10GB ou 10Gi",
  "up to 60 minutes, such as 300, 300s or 5 minutes":
    "60 minutes au plus, comme 300, 300s ou 5 minutes",
  "multiples of 5 GB, such as 10 or 10GB": "multiples de 5 Go, comme 10 ou 10GB",
  "1 to 365, such as 7 or 7 days": "1 à 365, comme 7 ou 7 days",
  "number of days, such as 90 or 90 days, or forever":
    "nombre de jours, comme 90 ou 90 days, ou forever",
  "number of days, such as 30 or 30 days": "nombre de jours, comme 30 ou 30 days",
  "1 to 99": "1 à 99",
  'text such as "3.2.2"': "texte comme 3.2.2",
  'a text such as "3.2.2"': "texte comme 3.2.2",
  "0 and more, or -1 for any number": "0 et plus, ou -1 pour un nombre quelconque",
};
