import type { IncomingMessage } from "node:http";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import type { Bucket } from "../../emulator/records";
import { actionOf, permissionSetsFor } from "../../emulator/s3/actions";
import { authorize } from "../../emulator/s3/authorization";
import {
  deleteConfiguration,
  putConfiguration,
  readConfiguration,
} from "../../emulator/s3/configurations";
import { parsePolicy, policyAllows } from "../../emulator/s3/policy";
import { parseCredential, parseRequest } from "../../emulator/s3/request";
import { verifySignature } from "../../emulator/s3/signature";
import { newModel } from "./fixtures";

const project = "105bdce1-64c0-48ab-899d-868455867ecf";
const secret = "22222222-2222-2222-2222-222222222222";

function message(method: string, host: string, url: string, headers = {}): IncomingMessage {
  return { method, url, headers: { host, ...headers } } as unknown as IncomingMessage;
}

const asked = (method: string, host: string, url: string) =>
  parseRequest(message(method, host, url));

const bucket: Bucket = {
  id: "logs",
  region: "fr-par",
  project_id: project,
  created_at: "",
  configuration: {},
};

describe("S3 requests", () => {
  it.each([
    ["logs.s3.fr-par.scw.cloud", "/a/b%20c", "logs", "a/b c"],
    ["s3.fr-par.scw.cloud", "/logs/a/b", "logs", "a/b"],
    ["s3.fr-par.scw.cloud", "/my.logs", "my.logs", ""],
    ["s3.nl-ams.scw.cloud", "/", "", ""],
  ])("to %s%s are about %j and %j", (host, url, name, key) => {
    expect(asked("GET", host, url)).toMatchObject({ bucket: name, key });
  });

  it("name their project in the credential", () => {
    const request = message("GET", "s3.fr-par.scw.cloud", "/", {
      authorization: `AWS4-HMAC-SHA256 Credential=SCWX@${project}/20260101/fr-par/s3/aws4_request, …`,
    });
    expect(parseCredential(request)).toEqual({ accessKey: "SCWX", project });
  });

  it.each([
    ["GET", "/", "s3:ListBucket"],
    ["PUT", "/", "s3:CreateBucket"],
    ["GET", "/?acl=", "s3:GetBucketAcl"],
    ["PUT", "/?encryption=", "s3:PutEncryptionConfiguration"],
    ["DELETE", "/?lifecycle=", "s3:PutLifecycleConfiguration"],
    ["DELETE", "/?policy=", "s3:DeleteBucketPolicy"],
    ["POST", "/?delete=", "s3:DeleteObject"],
    ["PUT", "/key?x-id=PutObject", "s3:PutObject"],
    ["DELETE", "/key?uploadId=1", "s3:AbortMultipartUpload"],
    ["GET", "/key?tagging=", "s3:GetObjectTagging"],
  ])("%s %s needs %s", (method, url, action) => {
    expect(actionOf(asked(method, "logs.s3.fr-par.scw.cloud", url))).toBe(action);
  });
});

describe("signatures", () => {
  async function signedRequest(body: string, withSecret = secret) {
    const signer = new SignatureV4({
      service: "s3",
      region: "fr-par",
      credentials: { accessKeyId: `SCWX@${project}`, secretAccessKey: withSecret },
      sha256: Sha256,
      uriEscapePath: false,
    });
    const { headers } = await signer.sign({
      method: "PUT",
      protocol: "https:",
      hostname: "logs.s3.fr-par.scw.cloud",
      path: "/",
      query: { acl: "" },
      headers: { host: "logs.s3.fr-par.scw.cloud", "x-amz-acl": "private" },
      body,
    });
    return message("PUT", "logs.s3.fr-par.scw.cloud", "/?acl=", headers);
  }

  it("of the right key are accepted", async () => {
    const request = await signedRequest("body");
    await expect(verifySignature(request, Buffer.from("body"), secret)).resolves.toBeUndefined();
  });

  it("of another key are refused", async () => {
    const request = await signedRequest("body", "other");
    await expect(verifySignature(request, Buffer.from("body"), secret)).rejects.toMatchObject({
      code: "SignatureDoesNotMatch",
    });
  });

  it("do not hold for another header or body", async () => {
    const request = await signedRequest("body");
    await expect(verifySignature(request, Buffer.from("other"), secret)).rejects.toMatchObject({
      code: "XAmzContentSHA256Mismatch",
    });
    request.headers["x-amz-acl"] = "public-read";
    await expect(verifySignature(request, Buffer.from("body"), secret)).rejects.toMatchObject({
      code: "SignatureDoesNotMatch",
    });
  });
});

describe("bucket configurations", () => {
  it.each([
    ["tagging", "NoSuchTagSet"],
    ["cors", "NoSuchCORSConfiguration"],
    ["lifecycle", "NoSuchLifecycleConfiguration"],
    ["policy", "NoSuchBucketPolicy"],
  ])("%s is missing at first", (subresource, code) => {
    expect(() => readConfiguration(bucket, subresource)).toThrow(
      expect.objectContaining({ status: 404, code }),
    );
  });

  it("encryption is none at first", () => {
    const { body } = readConfiguration(bucket, "encryption");
    expect(body).toBe("<ServerSideEncryptionConfiguration></ServerSideEncryptionConfiguration>");
  });

  it("gives back what was put, until it is deleted", () => {
    const body =
      "<LifecycleConfiguration><Rule><ID>x</ID><Status>Enabled</Status></Rule></LifecycleConfiguration>";
    const configured = putConfiguration(bucket, "lifecycle", body);
    expect(readConfiguration(configured, "lifecycle").body).toBe(body);
    expect(deleteConfiguration(configured, "lifecycle")).toEqual(bucket);
  });

  it("refuses what is not the configuration", () => {
    expect(() => putConfiguration(bucket, "tagging", "<Tagging>")).toThrow(
      expect.objectContaining({ code: "MalformedXML" }),
    );
  });

  it("owns buckets by project, and grants what a canned list says", () => {
    const { body } = readConfiguration(bucket, "acl");
    expect(body).toContain(`<Owner><ID>${project}:${project}</ID>`);
    expect(body).not.toContain("AllUsers");
    const open = putConfiguration(bucket, "acl", "", "public-read");
    expect(readConfiguration(open, "acl").body).toContain("global/AllUsers</URI>");
  });
});

describe("rights", () => {
  const policy = (statement: object) =>
    JSON.stringify({
      Version: "2023-04-17",
      Statement: [
        { Effect: "Allow", Principal: { SCW: "application_id:a" }, Action: "s3:*", ...statement },
      ],
    });

  it("follow the bucket policy: who is not named may nothing", () => {
    const parsed = parsePolicy(policy({ Resource: ["logs", "logs/*"] }));
    const access = { action: "s3:GetObject", resource: "logs/a/b" };
    expect(policyAllows(parsed, { ...access, principals: ["application_id:a"] })).toBe(true);
    expect(policyAllows(parsed, { ...access, principals: ["user_id:u"] })).toBe(false);
    expect(
      policyAllows(parsed, { ...access, principals: ["application_id:a"], resource: "other/a" }),
    ).toBe(false);
  });

  it("refuses a policy that it could not keep", () => {
    expect(() => parsePolicy("{")).toThrow(expect.objectContaining({ code: "MalformedPolicy" }));
    expect(() => parsePolicy(policy({ Resource: "logs", Condition: {} }))).toThrow(
      expect.objectContaining({ code: "MalformedPolicy" }),
    );
  });

  it("need the bucket's project and a fitting permission set", () => {
    const model = newModel();
    model.buckets.put({ ...bucket, project_id: model.tenant.project_id });
    const key = model.apiKeys.get(model.tenant.access_key);
    const request = asked("GET", "logs.s3.fr-par.scw.cloud", "/a");
    const allowed = () => authorize(model, request, { key, project: model.tenant.project_id });
    expect(allowed()?.id).toBe("logs");
    expect(() => authorize(model, request, { key, project })).toThrow(
      expect.objectContaining({ code: "AccessDenied" }),
    );
    const application = { ...key, user_id: undefined, application_id: "a" };
    expect(() =>
      authorize(model, request, { key: application, project: model.tenant.project_id }),
    ).toThrow(expect.objectContaining({ code: "AccessDenied" }));
  });

  it("stand in the bucket's policy too, for another project and for who deploys", () => {
    const model = newModel();
    const { project_id, user_id, access_key } = model.tenant;
    const key = model.apiKeys.get(access_key);
    const listed = { Principal: { SCW: "application_id:a" }, Resource: ["logs", "logs/*"] };
    model.buckets.put({ ...bucket, project_id, configuration: { policy: policy(listed) } });
    model.projects.put({ ...model.projects.get(project_id), id: project, name: "other" });
    const permission_set_names = ["ObjectStorageObjectsRead"];
    model.policies.put({
      ...{ id: "p", name: "p", application_id: "a" },
      rules: [{ permission_set_names, project_ids: [project] }],
    } as never);
    const ask = (method: string, url: string) => asked(method, "logs.s3.fr-par.scw.cloud", url);
    const application = { ...key, user_id: undefined, application_id: "a" };
    expect(authorize(model, ask("GET", "/a"), { key: application, project })?.id).toBe("logs");
    const locked = () => authorize(model, ask("GET", "/a"), { key, project: project_id });
    expect(user_id).toBe(key.user_id);
    expect(locked).toThrow(expect.objectContaining({ code: "AccessDenied" }));
    const change = ask("DELETE", "/?policy=");
    expect(authorize(model, change, { key, project: project_id })?.id).toBe("logs");
  });

  it.each([
    ["s3:GetObject", "ObjectStorageObjectsRead"],
    ["s3:PutObject", "ObjectStorageObjectsWrite"],
    ["s3:ListBucket", "ObjectStorageObjectsRead"],
    ["s3:DeleteObject", "ObjectStorageObjectsDelete"],
    ["s3:PutLifecycleConfiguration", "ObjectStorageBucketsWrite"],
    ["s3:GetBucketAcl", "ObjectStorageBucketsRead"],
    ["s3:PutEncryptionConfiguration", "ObjectStorageBucketsWrite"],
    ["s3:PutBucketPolicy", "ObjectStorageBucketPolicyFullAccess"],
  ])("%s comes with %s", (action, permissionSet) => {
    expect(permissionSetsFor(action)).toContain(permissionSet);
    expect(permissionSetsFor(action)).toContain("ObjectStorageFullAccess");
  });
});
