import * as pulumi from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";
import { Denial } from "../pulumi/deniedHook";
import { ownerTag } from "../leftovers/mark";

/** A key for object storage. */
export interface LogKeyArgs {
  /** Its access key, `SCW…` at Scaleway. */
  readonly accessKey: pulumi.Input<string>;
  /** Its secret key. */
  readonly secretKey: pulumi.Input<string>;
}

/** A log bucket to be. */
interface NamedBucket {
  readonly bucketName: string;
  readonly tags: Record<string, pulumi.Input<string>>;
}

/** What a key for a log bucket opens. */
export interface LogAccess extends NamedBucket {
  /** The bucket's project. */
  readonly projectId: pulumi.Input<string>;
  /** Number of the key: another one is another key. */
  readonly generation: number;
}

/**
 * A project for a log bucket alone. Rules of IAM are about whole projects, and a bucket policy takes rights in its
 * bucket but none in others, so nothing less confines a key to one bucket.
 */
export function logProject(
  name: string,
  { bucketName, tags: { owner } }: NamedBucket,
  opts: pulumi.CustomResourceOptions,
): scaleway.account.Project {
  // Projects have no tags: an interrupted update finds its own by the description.
  const description = owner ? ownerTag(owner) : `Holds ${bucketName}, Airflow's task logs`;
  return new scaleway.account.Project(`${name}-project`, { name: bucketName, description }, opts);
}

/** An application that can list, read and write objects in a project, and nothing else, with a key of its own. */
export function logKey(
  name: string,
  { bucketName, tags: pairs, projectId, generation }: LogAccess,
  opts: pulumi.CustomResourceOptions,
): scaleway.iam.ApiKey {
  const tags = Object.entries(pairs).map(([key, value]) => pulumi.interpolate`${key}:${value}`);
  const application = new scaleway.iam.Application(
    `${name}-application`,
    {
      name: `${bucketName}-logs`,
      description: `Writes and reads Airflow's task logs in ${bucketName}`,
      tags,
    },
    opts,
  );
  const policy = new scaleway.iam.Policy(
    `${name}-policy`,
    {
      name: `${bucketName}-logs`,
      applicationId: application.id,
      tags,
      rules: [
        {
          projectIds: [projectId],
          permissionSetNames: ["ObjectStorageObjectsRead", "ObjectStorageObjectsWrite"],
        },
      ],
    },
    opts,
  );
  return new scaleway.iam.ApiKey(
    `${name}-key-${generation}`,
    {
      applicationId: application.id,
      // S3 requests made with a key act in the key's default project.
      defaultProjectId: projectId,
      description: `Airflow's task logs in ${bucketName}`,
    },
    // What is rotated must be able to go, also where all else is protected.
    { ...opts, dependsOn: policy, protect: false },
  );
}

/** The permission set of which each kind of resource is managed. */
const permissionSets: Record<string, string> = {
  "scaleway:account/project:Project": "ProjectManager",
  "scaleway:iam/application:Application": "IAMApplicationManager",
  "scaleway:iam/apiKey:ApiKey": "IAMApplicationManager",
  "scaleway:iam/policy:Policy": "IAMPolicyManager",
};

/** What to say where the key that deploys may not make a part of a log bucket. */
export const logBucketDenial = (bucketName: string): Denial => ({
  permissionSet: (type) =>
    permissionSets[type] ?? "ObjectStorageFullAccess in the bucket's project",
  advice: `The log bucket ${bucketName} gets a project, an application and a key of its own. That takes ProjectManager,
IAMApplicationManager and IAMPolicyManager on the organization (IAMManager holds all three), and ObjectStorageFullAccess
on all of its projects. There are two ways out:
  1. Give it what it lacks, in Scaleway's console under IAM, Policies.
  2. Have somebody make project and key, as docs/hazards.md says under S4, and name them:
       pulumi config set --path airflow:logs.projectId <project id>
       pulumi config set --path airflow:logs.key.accessKey <access key>
       pulumi config set --secret --path airflow:logs.key.secretKey <secret key>`,
});
