import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { say } from "../../tools/progress";
import type { ChildServer } from "../childServer";
import type { Config } from "../config";
import { forward } from "../edge/forward";
import type { EdgeService } from "../edge/listener";
import { now } from "../ids";
import type { Model } from "../model";
import type { Bucket } from "../records";
import { omit } from "../omit";
import { stablePort } from "../ports";
import { actionOf, subresourceOf } from "./actions";
import { type Caller, authorize, callerOf } from "./authorization";
import { isKept, putConfiguration, deleteConfiguration, readConfiguration } from "./configurations";
import { S3Error, escapeXml, notImplemented } from "./errors";
import { type S3Request, isStorageHost, parseRequest } from "./request";
import { reconcileBuckets, startStorage, writeAccounts } from "./server";
import { verifySignature } from "./signature";

const longestConfiguration = 1_000_000;

/**
 * The object storage: a real S3 server holds buckets and objects; what Scaleway does in its own way,
 * namely ownership by project, rights and most bucket configurations, is done here in front of it.
 */
export class ObjectStorage implements EdgeService {
  private constructor(
    private readonly model: Model,
    private readonly config: Config,
    private readonly region: string,
    private readonly port: number,
    private readonly server: ChildServer,
  ) {}

  static async start(config: Config, model: Model, region: string): Promise<ObjectStorage> {
    writeAccounts(config, model);
    reconcileBuckets(config, model);
    const port = await stablePort(model.ports, "storage");
    const server = await startStorage(config, region, port);
    return new ObjectStorage(model, config, region, port, server);
  }

  owns = isStorageHost;

  handle(request: IncomingMessage, response: ServerResponse): void {
    this.serve(request, response).catch((error: unknown) => {
      request.resume();
      answerError(response, error, parseRequest(request));
    });
  }

  /** To be called when API keys came or went. */
  writeAccounts = (): void => writeAccounts(this.config, this.model);

  stop(): Promise<void> {
    return this.server.stop();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = parseRequest(request);
    if (asked.region !== this.region) {
      throw notImplemented(`The emulator stores objects in ${this.region} only.`);
    }
    const caller = callerOf(this.model, request);
    const bucket = authorize(this.model, asked, caller);
    const subresource = subresourceOf(asked);
    if (asked.bucket === "") return this.listBuckets(request, response, caller);
    if (bucket && isKept(subresource)) {
      return this.configure(request, response, caller, bucket, subresource);
    }
    this.passOn(request, response, asked, caller);
  }

  private async listBuckets(
    request: IncomingMessage,
    response: ServerResponse,
    { key, project }: Caller,
  ): Promise<void> {
    await verifySignature(request, await buffer(request), key.secret_key);
    const buckets = this.model.buckets
      .list((bucket) => bucket.project_id === project)
      .map(
        ({ id, created_at }) =>
          `<Bucket><Name>${escapeXml(id)}</Name><CreationDate>${created_at}</CreationDate></Bucket>`,
      );
    const owner = `<Owner><ID>${project}:${project}</ID><DisplayName>${project}:${project}</DisplayName></Owner>`;
    answerXml(
      response,
      `<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${owner}<Buckets>${buckets.join("")}</Buckets></ListAllMyBucketsResult>`,
    );
  }

  private async configure(
    request: IncomingMessage,
    response: ServerResponse,
    { key }: Caller,
    bucket: Bucket,
    subresource: string,
  ): Promise<void> {
    if (Number(request.headers["content-length"] ?? 0) > longestConfiguration) {
      throw new S3Error(400, "EntityTooLarge", "The configuration is too large.");
    }
    const body = await buffer(request);
    await verifySignature(request, body, key.secret_key);
    if (request.method === "GET") {
      const answer = readConfiguration(bucket, subresource);
      response.writeHead(200, { "content-type": answer.contentType }).end(answer.body);
    } else if (request.method === "PUT") {
      const canned = request.headers["x-amz-acl"] as string | undefined;
      this.model.buckets.put(putConfiguration(bucket, subresource, body.toString(), canned));
      response.writeHead(200).end();
    } else if (request.method === "DELETE") {
      this.model.buckets.put(deleteConfiguration(bucket, subresource));
      response.writeHead(204).end();
    } else {
      throw notImplemented(`The emulator does not answer ${request.method} ?${subresource}.`);
    }
  }

  /** Lets the storage server answer, and notes the buckets that it created or deleted. */
  private passOn(
    request: IncomingMessage,
    response: ServerResponse,
    asked: S3Request,
    { project }: Caller,
  ): void {
    const action = actionOf(asked);
    if (action === "s3:CreateBucket") this.refuseTaken(asked.bucket, project);
    forward(request, response, {
      upstream: { address: "127.0.0.1", port: this.port },
      headers: request.headers,
      answered: (headers, status) => {
        if (status < 300 && action === "s3:CreateBucket") this.noteCreated(asked, project);
        if (status < 300 && action === "s3:DeleteBucket") this.model.buckets.remove(asked.bucket);
        return omit(headers, "connection");
      },
      failed: (failed) =>
        answerError(failed, new S3Error(503, "ServiceUnavailable", "Try again."), asked),
    });
  }

  private noteCreated({ bucket, region }: S3Request, project_id: string): void {
    this.model.buckets.put({
      id: bucket,
      region,
      project_id,
      created_at: now(),
      configuration: {},
    });
  }

  private refuseTaken(name: string, project: string): void {
    const bucket = this.model.buckets.find(name);
    if (!bucket) return;
    const own = bucket.project_id === project;
    throw new S3Error(
      409,
      own ? "BucketAlreadyOwnedByYou" : "BucketAlreadyExists",
      own ? "You own a bucket of this name already." : "The name is taken.",
    );
  }
}

function answerXml(response: ServerResponse, body: string): void {
  response
    .writeHead(200, { "content-type": "application/xml" })
    .end(`<?xml version="1.0" encoding="UTF-8"?>\n${body}`);
}

function answerError(response: ServerResponse, error: unknown, { bucket, key }: S3Request): void {
  const known = error instanceof S3Error;
  if (!known) say(`object storage: ${error instanceof Error ? error.stack : String(error)}`);
  const failure = known ? error : new S3Error(500, "InternalError", "The emulator failed.");
  response.writeHead(failure.status, { "content-type": "application/xml" });
  response.end(failure.body(`/${bucket}${key ? `/${key}` : ""}`));
}
