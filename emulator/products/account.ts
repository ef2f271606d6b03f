import { z } from "zod";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { parseBody, withoutUndefined } from "../api/body";
import { constraint, stillInUse } from "../api/errors";
import { listed } from "../api/lists";
import { newId, now } from "../ids";
import type { Model } from "../model";
import type { Project } from "../records";

const base = "/account/v3/projects";
const fields = z.object({ name: z.string().min(1).max(64), description: z.string().default("") });

const idOf = (request: FastifyRequest) => (request.params as { id: string }).id;
const wire = (project: Project) => ({ ...project, qualification: null });

/** The projects of the organization. */
export function projectRoutes(model: Model, projectsChanged: () => void) {
  return (app: FastifyInstance): void => {
    app.post(base, async ({ body }) => {
      const { name, description } = parseBody(fields, body);
      refuseTaken(model, name);
      const { organization_id } = model.tenant;
      const made = { id: newId(), organization_id, created_at: now(), updated_at: now() };
      const project = model.projects.put({ ...made, name, description });
      projectsChanged();
      return wire(project);
    });
    app.get(base, async ({ query }) =>
      listed("projects", model.projects.list().map(wire), query, ["name", "organization_id"]),
    );
    app.get(`${base}/:id`, async (request) => wire(model.projects.get(idOf(request))));
    app.patch(`${base}/:id`, async (request) => {
      const changes = withoutUndefined(parseBody(fields.partial(), request.body));
      return wire(model.projects.change(idOf(request), { ...changes, updated_at: now() }));
    });
    app.delete(`${base}/:id`, async (request, reply) => {
      const { id } = model.projects.get(idOf(request));
      refuseUsed(model, id);
      model.projects.remove(id);
      projectsChanged();
      return reply.code(204).send();
    });
  };
}

function refuseTaken(model: Model, name: string): void {
  if (model.projects.list((project) => project.name === name).length > 0) {
    throw constraint("name", "a project with this name already exists");
  }
}

/** Only buckets can be in another project than the default one, which stays. */
function refuseUsed(model: Model, id: string): void {
  const isUsed = model.buckets.list(({ project_id }) => project_id === id).length > 0;
  if (id === model.tenant.project_id || isUsed) throw stillInUse("the project is not empty");
}
