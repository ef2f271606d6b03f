import { z } from "zod";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Model } from "../model";
import type { RegistryNamespace } from "../records";
import type { Operations } from "../operations";
import { now } from "../ids";
import { omit } from "../omit";
import { parseBody, withoutUndefined } from "../api/body";
import { ApiError, constraint } from "../api/errors";
import { listed } from "../api/lists";
import { regionOf } from "../api/regions";
import type { RegistryContent } from "../registry/content";
import { newRegional, regionalFields } from "./regional";

const base = "/registry/v1/regions/:region";
const changeable = { description: z.string().optional(), is_public: z.boolean().optional() };
const newNamespace = z.object({
  name: z
    .string()
    .min(3)
    .max(54)
    .regex(/^[a-z0-9]+([._-][a-z0-9]+)*$/, "must be a valid image name component"),
  project_id: regionalFields.project_id,
  ...changeable,
});

/** Finishes, after a restart, the deletions that were under way. */
export function resumeRegistryNamespaces(
  { registryNamespaces }: Model,
  operations: Operations,
  content: RegistryContent,
): void {
  const deleting = registryNamespaces.list(({ status }) => status === "deleting");
  for (const namespace of deleting) remove(namespace, registryNamespaces, operations, content);
}

function remove(
  namespace: RegistryNamespace,
  namespaces: Model["registryNamespaces"],
  operations: Operations,
  content: RegistryContent,
): void {
  operations.start(namespace.id, async () => {
    await content.remove(namespace);
    namespaces.remove(namespace.id);
  });
}

/** Namespaces of the image registry; their images and tags are read from the registry itself. */
export function registryRoutes(
  model: Model,
  operations: Operations,
  content: RegistryContent,
  /** Host and port of the registry. */
  host: string,
) {
  const namespaces = model.registryNamespaces;
  const find = (request: FastifyRequest): RegistryNamespace => {
    const { id } = request.params as { id: string };
    const namespace = namespaces.find(id);
    if (namespace?.region === regionOf(request)) return namespace;
    throw new ApiError(404, { message: "Namespace was not found" });
  };
  const wire = async (namespace: RegistryNamespace) => {
    const images = await content.images(namespace);
    return {
      ...namespace,
      size: images.reduce((sum, image) => sum + image.size, 0),
      image_count: images.length,
    };
  };
  const imagesOf = async (region: string) => {
    const owners = namespaces.list((namespace) => namespace.region === region);
    return (await Promise.all(owners.map((owner) => content.images(owner)))).flat();
  };
  const findTag = async (request: FastifyRequest) => {
    const { id } = request.params as { id: string };
    for (const image of await imagesOf(regionOf(request))) {
      const tags = await content.tags(image);
      const tag = tags.find((candidate) => candidate.id === id);
      if (tag) return { image, tag, tags };
    }
    throw new ApiError(404, { message: "Tag was not found" });
  };

  return (app: FastifyInstance): void => {
    app.post(`${base}/namespaces`, async (request) => {
      const fields = parseBody(newNamespace, request.body);
      if (namespaces.list(({ name }) => name === fields.name).length > 0) {
        throw constraint("name", "this name is taken");
      }
      const regional = newRegional(model, regionOf(request), "registry", fields);
      return wire(
        namespaces.put({
          ...omit(regional, "tags"),
          description: fields.description ?? "",
          status: "ready",
          status_message: "",
          endpoint: `${host}/${fields.name}`,
          is_public: fields.is_public ?? false,
        }),
      );
    });
    app.get(`${base}/namespaces`, async (request) => {
      const own = namespaces.list(({ region }) => region === regionOf(request));
      const all = await Promise.all(own.map(wire));
      return listed("namespaces", all, request.query, ["name", "project_id"]);
    });
    app.get(`${base}/namespaces/:id`, async (request) => {
      await operations.settled(find(request).id);
      return wire(find(request));
    });
    app.patch(`${base}/namespaces/:id`, async (request) => {
      const changes = parseBody(z.object(changeable), request.body);
      return wire(
        namespaces.change(find(request).id, { ...withoutUndefined(changes), updated_at: now() }),
      );
    });
    app.delete(`${base}/namespaces/:id`, async (request) => {
      const namespace = find(request);
      const deleting = await wire(
        namespaces.change(namespace.id, { status: "deleting", updated_at: now() }),
      );
      remove(namespace, namespaces, operations, content);
      return deleting;
    });

    app.get(`${base}/images`, async (request) =>
      listed(
        "images",
        (await imagesOf(regionOf(request))).map((image) => omit(image, "repository")),
        request.query,
        ["name", "namespace_id"],
      ),
    );
    app.get(`${base}/images/:id/tags`, async (request) => {
      const { id } = request.params as { id: string };
      const image = (await imagesOf(regionOf(request))).find((candidate) => candidate.id === id);
      if (!image) throw new ApiError(404, { message: "Image was not found" });
      return listed("tags", await content.tags(image), request.query, ["name"]);
    });
    app.get(`${base}/tags/:id`, async (request) => (await findTag(request)).tag);
    app.delete(`${base}/tags/:id`, async (request) => {
      const { image, tag, tags } = await findTag(request);
      const same = tags.filter(({ digest }) => digest === tag.digest);
      const { force } = request.query as { force?: string };
      if (same.length > 1 && force !== "true") {
        throw new ApiError(409, { message: "Several tags share the same digest" });
      }
      await content.removeDigest(image, tag.digest);
      return { ...tag, status: "deleting" };
    });
  };
}
