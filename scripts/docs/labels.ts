import type { Titles } from "../../docs/.vitepress/pages";

/** What each resource is to a reader, by its type in Pulumi. */
export const kinds: Readonly<Record<string, Titles | undefined>> = {
  "docker:index/image:Image": { en: "image", fr: "image" },
  "random:index/randomPassword:RandomPassword": { en: "generated secret", fr: "secret généré" },
  "scaleway:account/project:Project": { en: "project", fr: "projet" },
  "scaleway:containers/container:Container": { en: "container", fr: "conteneur" },
  "scaleway:containers/namespace:Namespace": {
    en: "container namespace",
    fr: "namespace de conteneurs",
  },
  "scaleway:databases/database:Database": { en: "database", fr: "base de données" },
  "scaleway:databases/instance:Instance": { en: "PostgreSQL instance", fr: "instance PostgreSQL" },
  "scaleway:databases/privilege:Privilege": { en: "privilege", fr: "droits" },
  "scaleway:databases/user:User": { en: "database user", fr: "utilisateur de la base" },
  "scaleway:iam/apiKey:ApiKey": { en: "API key", fr: "clé API" },
  "scaleway:iam/application:Application": { en: "IAM application", fr: "application IAM" },
  "scaleway:iam/policy:Policy": { en: "IAM policy", fr: "règles IAM" },
  "scaleway:network/privateNetwork:PrivateNetwork": { en: "private network", fr: "réseau privé" },
  "scaleway:object/bucket:Bucket": { en: "bucket", fr: "bucket" },
  "scaleway:object/bucketAcl:BucketAcl": { en: "access list", fr: "liste d’accès" },
  "scaleway:object/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    { en: "encryption", fr: "chiffrement" },
  "scaleway:registry/namespace:Namespace": {
    en: "registry namespace",
    fr: "namespace de registre",
  },
};

/** What each component is for, by its name. */
export const titles: Readonly<Record<string, Titles | undefined>> = {
  "airflow-database": { en: "Database", fr: "Base de données" },
  "airflow-logs": { en: "Logs: s3logs", fr: "Logs : s3logs" },
  "airflow-scheduler": {
    en: "Scheduler,\ndag-processor,\ntriggerer, tasks",
    fr: "Scheduler,\ndag-processor,\ntriggerer, tâches",
  },
  "airflow-secrets": { en: "Secrets", fr: "Secrets" },
  "airflow-webserver": { en: "Webserver:\ninterface, API", fr: "Webserver :\ninterface, API" },
};
