import { ResourceValidationPolicy } from "@pulumi/policy";
import { checkBucketName } from "../../components/checks/rules/limits/names";
import { inputPolicy, isStated, ofText } from "./policy";

const buckets = ["scaleway:object/bucket:Bucket", "scaleway:index/objectBucket:ObjectBucket"];
const keys = ["scaleway:iam/apiKey:ApiKey", "scaleway:index/iamApiKey:IamApiKey"];

const name = inputPolicy({
  name: "bucket-name",
  description: "A bucket has a name that Scaleway takes and that its certificate covers (L3).",
  enforcementLevel: "mandatory",
  types: buckets,
  check: (inputs) => [ofText(inputs, "name", checkBucketName)],
});

const acl = inputPolicy({
  name: "bucket-acl",
  description: "A bucket's ACL is a resource of its own (S2).",
  enforcementLevel: "advisory",
  types: buckets,
  check: (inputs) =>
    isStated(inputs, "acl")
      ? [{ input: "acl", finding: { message: "is deprecated", fix: "a BucketAcl" } }]
      : [],
});

const keyProject = inputPolicy({
  name: "api-key-project",
  description: "The default project of a key decides which project's buckets it sees (S2).",
  enforcementLevel: "advisory",
  types: keys,
  check: (inputs) =>
    isStated(inputs, "defaultProjectId")
      ? []
      : [
          {
            input: "defaultProjectId",
            finding: {
              message:
                "is missing: in object storage the key acts in the organization's default project",
              fix: "the project of the bucket",
            },
          },
        ],
});

/** What buckets, and the keys that open them, are held to. */
export const objectStoragePolicies: readonly ResourceValidationPolicy[] = [name, acl, keyProject];
