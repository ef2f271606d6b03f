/** What a resource is to a reader, and what is lost when it is deleted or replaced. */
export interface ResourceKind {
  readonly kind?: string;
  readonly loss?: string;
}

const KINDS: Readonly<Record<string, ResourceKind | undefined>> = {
  "docker:index/image:Image": { kind: "image" },
  "random:index/randomPassword:RandomPassword": {
    kind: "generated secret",
    loss: "what was protected by the former value needs the new one",
  },
  "scaleway:account/project:Project": { kind: "project" },
  "scaleway:containers/container:Container": {
    kind: "container",
    loss: "it stops before a new one starts, and its address changes",
  },
  "scaleway:containers/namespace:Namespace": {
    kind: "container namespace",
    loss: "all its containers stop, and their addresses change",
  },
  "scaleway:databases/database:Database": {
    kind: "database",
    loss: "all its data is lost",
  },
  "scaleway:databases/instance:Instance": {
    kind: "database instance",
    loss: "all its data is lost",
  },
  "scaleway:databases/privilege:Privilege": { kind: "database privilege" },
  "scaleway:databases/user:User": {
    kind: "database user",
    loss: "nobody can log in to the database as this user until there is a new one",
  },
  "scaleway:iam/apiKey:ApiKey": {
    kind: "API key",
    loss: "the former key ends",
  },
  "scaleway:iam/application:Application": { kind: "IAM application", loss: "its keys end" },
  "scaleway:iam/policy:Policy": { kind: "IAM policy" },
  "scaleway:network/privateNetwork:PrivateNetwork": {
    kind: "private network",
    loss: "what is in it loses its connection",
  },
  "scaleway:object/bucket:Bucket": { kind: "bucket", loss: "all that is stored in it is lost" },
  "scaleway:object/bucketAcl:BucketAcl": { kind: "access list of a bucket" },
  "scaleway:object/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    { kind: "encryption of a bucket" },
  "scaleway:registry/namespace:Namespace": {
    kind: "registry namespace",
    loss: "all its images are lost, also those that other stacks run",
  },
};

/** The kind of a resource, by its Pulumi type; nothing is known of a type that this project does not use. */
export function resourceKind(type: string): ResourceKind {
  return (Object.hasOwn(KINDS, type) && KINDS[type]) || {};
}
