import {
  GetObjectCommand,
  GetObjectCommandOutput,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
  paginateListObjectsV2,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** An object as a bucket lists it; its key is relative to the folder. */
export interface StoredObject {
  readonly key: string;
  /** In bytes. */
  readonly size: number;
  /** The server's checksum: the MD5 of the content, unless it was uploaded in parts or is encrypted with a key. */
  readonly etag: string;
}

/** Metadata of a copy: the ETag that the source had. Tells a copy whose own ETag is made in another way. */
const SOURCE_ETAG = "source-etag";
/** Larger objects are uploaded in parts of this size. boto3 does the same, so that what it uploaded in parts gets the same ETag here. */
export const PART_SIZE = 8 * 2 ** 20;
/** https://www.scaleway.com/en/docs/object-storage/api-cli/multipart-uploads/ (other servers allow 10,000) */
const MOST_PARTS = 1_000;

/** A bucket of any S3 server, or a folder in it. */
export class Bucket {
  private readonly bucket: string;
  private readonly folder: string;

  /** @param location `bucket`, `bucket/folder` or the same after `s3://`. */
  constructor(
    private readonly s3: S3Client,
    location: string,
  ) {
    const [bucket = "", ...folders] = location
      .replace(/^s3:\/\//, "")
      .split("/")
      .filter(Boolean);
    this.bucket = bucket;
    this.folder = folders.map((name) => `${name}/`).join("");
  }

  toString(): string {
    return `s3://${this.bucket}/${this.folder}`;
  }

  /** Why the bucket cannot be listed, if it cannot. */
  async fault(): Promise<string | undefined> {
    const where = { Bucket: this.bucket, MaxKeys: 1 };
    return this.s3.send(new ListObjectsV2Command(where)).then(
      () => undefined,
      (error: unknown) => `${this}: ${reasonOf(error)}`,
    );
  }

  /** Every object, in pages that are fetched as they are needed. */
  async *list(): AsyncGenerator<StoredObject> {
    const where = { Bucket: this.bucket, Prefix: this.folder };
    for await (const { Contents = [] } of paginateListObjectsV2({ client: this.s3 }, where)) {
      for (const { Key = "", Size = 0, ETag = "" } of Contents) {
        const key = Key.slice(this.folder.length);
        if (key !== "") yield { key, size: Size, etag: unquoted(ETag) };
      }
    }
  }

  /** Copies the object as it is now, content type and metadata included; it passes through in parts. */
  async copyTo(target: Bucket, key: string): Promise<void> {
    const object = await this.open(key);
    try {
      await target.write(key, object);
    } finally {
      (object.Body as Readable).destroy();
    }
  }

  /** The ETag that the source had when the object was copied here, if it was copied here. */
  async sourceEtag(key: string): Promise<string | undefined> {
    const { Metadata } = await this.s3.send(new HeadObjectCommand(this.address(key)));
    return Metadata?.[SOURCE_ETAG];
  }

  /** The MD5 of the content, by reading it. */
  async checksum(key: string): Promise<string> {
    const { Body } = await this.open(key);
    const hash = createHash("md5");
    await pipeline(Body as Readable, hash);
    return hash.digest("hex");
  }

  /** The content, to be read. */
  async read(key: string): Promise<Readable> {
    return (await this.open(key)).Body as Readable;
  }

  private open(key: string): Promise<GetObjectCommandOutput> {
    return this.s3.send(new GetObjectCommand(this.address(key)));
  }

  private async write(key: string, object: GetObjectCommandOutput): Promise<void> {
    const { Body, CacheControl, ContentDisposition, ContentEncoding } = object;
    const { ContentLanguage, ContentType, ContentLength = 0, ETag = "" } = object;
    const upload = new Upload({
      client: this.s3,
      queueSize: 1,
      partSize: partSize(ContentLength),
      params: {
        ...this.address(key),
        ...{
          Body,
          CacheControl,
          ContentDisposition,
          ContentEncoding,
          ContentLanguage,
          ContentType,
        },
        Metadata: { ...object.Metadata, [SOURCE_ETAG]: unquoted(ETag) },
      },
    });
    await upload.done();
  }

  private address(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.bucket, Key: this.folder + key };
  }
}

/** The size of the parts in which an object is uploaded, so that they are not too many. */
export function partSize(size: number): number {
  return Math.max(PART_SIZE, Math.ceil(size / MOST_PARTS));
}

/** An S3 error by its code and text. */
export function reasonOf(error: unknown): string {
  const { name, message, code = name } = error as NodeJS.ErrnoException;
  return name === "Error" ? message : `${code}: ${message}`;
}

function unquoted(etag: string): string {
  return etag.replaceAll('"', "");
}
