import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { idOf } from "../ids";
import type { RegistryNamespace } from "../records";

/** An image as the API lists it. */
export interface RegistryImage {
  id: string;
  name: string;
  namespace_id: string;
  status: string;
  status_message: string;
  visibility: string;
  size: number;
  tags: string[];
  created_at: string;
  updated_at: string;
  /** Namespace and name, as in an image reference. */
  repository: string;
}

/** A tag as the API lists it. */
export interface RegistryTag {
  id: string;
  name: string;
  image_id: string;
  status: string;
  digest: string;
  created_at: string;
  updated_at: string;
}

interface Manifest {
  config?: { size: number };
  layers?: { size: number }[];
}

const manifestTypes = [
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.index.v1+json",
].join(", ");

/** What is in the registry, read through its own API. */
export class RegistryContent {
  constructor(
    private readonly server: { port: number },
    private readonly storage: string,
  ) {}

  /** The images of a namespace. */
  async images(namespace: RegistryNamespace): Promise<RegistryImage[]> {
    const { repositories } = (await this.read("_catalog?n=1000")) as { repositories: string[] };
    const own = repositories.filter((name) => name.startsWith(`${namespace.name}/`));
    const images = await Promise.all(own.map((repository) => this.image(namespace, repository)));
    return images.filter(({ tags }) => tags.length > 0);
  }

  /** The tags of an image with the digests that they stand for. */
  async tags({ id, repository, tags }: RegistryImage): Promise<RegistryTag[]> {
    return Promise.all(
      tags.map(async (name) => {
        const { headers } = await this.manifest(repository, name);
        const link = join(this.manifests(repository), "tags", name, "current/link");
        const pushed = (await stat(link)).mtime.toISOString();
        return {
          id: idOf(`${repository}:${name}`),
          name,
          image_id: id,
          status: "ready",
          digest: headers.get("docker-content-digest")!,
          created_at: pushed,
          updated_at: pushed,
        };
      }),
    );
  }

  /** Forgets a digest of an image, with every tag that stands for it. */
  async removeDigest(image: RegistryImage, digest: string): Promise<void> {
    const tags = (await this.tags(image)).filter((tag) => tag.digest === digest);
    const folders = [
      ...tags.map(({ name }) => join("tags", name)),
      join("revisions", digest.replace(":", "/")),
    ];
    for (const folder of folders) {
      await rm(join(this.manifests(image.repository), folder), { recursive: true, force: true });
    }
  }

  /** Forgets the images of a namespace. */
  async remove({ name }: RegistryNamespace): Promise<void> {
    await rm(this.repository(name), { recursive: true, force: true });
  }

  private repository = (name: string) =>
    join(this.storage, "docker/registry/v2/repositories", name);
  private manifests = (repository: string) => join(this.repository(repository), "_manifests");

  private async image(namespace: RegistryNamespace, repository: string): Promise<RegistryImage> {
    const { tags } = (await this.read(`${repository}/tags/list`)) as { tags?: string[] | null };
    return {
      id: idOf(repository),
      name: repository.slice(namespace.name.length + 1),
      namespace_id: namespace.id,
      status: "ready",
      status_message: "",
      visibility: "inherit",
      size: tags?.[0] ? await this.size(repository, tags[0]) : 0,
      tags: tags ?? [],
      created_at: namespace.created_at,
      updated_at: namespace.updated_at,
      repository,
    };
  }

  private async size(repository: string, tag: string): Promise<number> {
    const response = await this.manifest(repository, tag);
    if (!response.ok) return 0;
    const { config, layers } = (await response.json()) as Manifest;
    return [config, ...(layers ?? [])].reduce((sum, blob) => sum + (blob?.size ?? 0), 0);
  }

  private manifest(repository: string, tag: string): Promise<Response> {
    return fetch(this.url(`${repository}/manifests/${tag}`), {
      headers: { accept: manifestTypes },
    });
  }

  private async read(path: string): Promise<unknown> {
    return (await fetch(this.url(path))).json();
  }

  private url = (path: string) => `http://127.0.0.1:${this.server.port}/v2/${path}`;
}
