import { z } from "zod";
import type { Client } from "pg";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Model } from "../../model";
import { parseBody } from "../../api/body";
import { ApiError, constraint, notFound, transientState } from "../../api/errors";
import { listed } from "../../api/lists";
import { regionalRecord } from "../../api/regions";
import { createDatabase, dropDatabase, listDatabases } from "../../postgres/databases";
import { type Permission, grant, permissionOf } from "../../postgres/privileges";
import { changeUser, createUser, dispossess, dropUser, listUsers } from "../../postgres/roles";
import { Turns } from "../../turns";
import { databaseName, password, userName } from "./userRules";

/** The way into the databases of an instance. */
export interface DatabaseAccess {
  as<T>(instance: string, database: string, work: (client: Client) => Promise<T>): Promise<T>;
}

const base = "/rdb/v1/regions/:region/instances/:id";
const newUser = z.object({ name: userName, password, is_admin: z.boolean().default(false) });
const userChanges = z.object({ password: password.optional(), is_admin: z.boolean().optional() });
const privilege = z.object({
  database_name: z.string(),
  user_name: z.string(),
  permission: z.enum(["readonly", "readwrite", "all", "custom", "none"]),
});

/** What is in a database instance: databases, users and privileges, all of them read from the server itself. */
export class DatabaseContent {
  private readonly turns = new Turns();

  constructor(
    private readonly model: Model,
    private readonly access: DatabaseAccess,
  ) {}

  routes = (app: FastifyInstance): void => {
    this.databaseRoutes(app);
    this.userRoutes(app);
    this.privilegeRoutes(app);
  };

  /** Makes what every new instance holds: the database `rdb` and the administrator that was asked for. */
  initialize = async (id: string, admin: { name: string; password: string }): Promise<void> => {
    await this.access.as(id, "postgres", async (client) => {
      await createDatabase(client, "rdb");
      if (admin.name) await createUser(client, { ...admin, is_admin: true });
    });
  };

  private databaseRoutes(app: FastifyInstance): void {
    app.get(`${base}/databases`, async (request) =>
      listed(
        "databases",
        await this.inServer(request, listDatabases),
        { order_by: "name_asc", ...(request.query as object) },
        ["name", "owner"],
      ),
    );
    app.post(`${base}/databases`, async (request) => {
      const { name } = parseBody(z.object({ name: databaseName }), request.body);
      await this.inServer(request, async (client) => {
        if (await has(listDatabases(client), name)) throw constraint("name", "already exists");
        await createDatabase(client, name);
      });
      return { name, owner: "", managed: true, size: 0 };
    });
    app.delete(`${base}/databases/:name`, async (request, reply) => {
      const { name } = request.params as { name: string };
      await this.turns.take(instanceOf(request), () =>
        this.inServer(request, async (client) => {
          if (!(await has(listDatabases(client), name))) throw notFound("database", name);
          await dropDatabase(client, name);
        }),
      );
      this.forgetPrivileges(request, ([database]) => database === name);
      return reply.code(204).send();
    });
  }

  private userRoutes(app: FastifyInstance): void {
    app.get(`${base}/users`, async (request) =>
      listed(
        "users",
        await this.inServer(request, listUsers),
        { order_by: "name_asc", ...(request.query as object) },
        ["name"],
      ),
    );
    app.post(`${base}/users`, async (request) => {
      const user = parseBody(newUser, request.body);
      await this.inServer(request, async (client) => {
        if (await has(listUsers(client), user.name)) throw constraint("name", "already exists");
        await createUser(client, user);
      });
      return { name: user.name, is_admin: user.is_admin };
    });
    app.patch(`${base}/users/:name`, async (request) => {
      const changes = parseBody(userChanges, request.body);
      const { name } = request.params as { name: string };
      return this.inServer(request, async (client) => {
        if (!(await has(listUsers(client), name))) throw notFound("user", name);
        await changeUser(client, name, changes);
        return (await listUsers(client)).find((user) => user.name === name);
      });
    });
    app.delete(`${base}/users/:name`, async (request, reply) => {
      const { name } = request.params as { name: string };
      await this.turns.take(instanceOf(request), () => this.deleteUser(request, name));
      this.forgetPrivileges(request, ([, user]) => user === name);
      return reply.code(204).send();
    });
  }

  private async deleteUser(request: FastifyRequest, name: string): Promise<void> {
    const databases = await this.inServer(request, async (client) => {
      if (!(await has(listUsers(client), name))) throw notFound("user", name);
      return listDatabases(client);
    });
    for (const database of databases) {
      await this.inServer(request, (client) => dispossess(client, name), database.name);
    }
    await this.inServer(request, (client) => dropUser(client, name));
  }

  private privilegeRoutes(app: FastifyInstance): void {
    app.get(`${base}/privileges`, async (request) => {
      const query = request.query as { database_name?: string; user_name?: string };
      const [databases, users] = await this.inServer(request, async (client) => [
        await listDatabases(client),
        await listUsers(client),
      ]);
      const privileges = [];
      for (const { name: database_name } of databases) {
        if (query.database_name && query.database_name !== database_name) continue;
        for (const { name: user_name } of users) {
          if (query.user_name && query.user_name !== user_name) continue;
          const permission = await this.permission(request, database_name, user_name);
          privileges.push({ database_name, permission, user_name });
        }
      }
      return listed("privileges", privileges, { order_by: "user_name_asc", ...query });
    });
    app.put(`${base}/privileges`, async (request) => {
      const asked = parseBody(privilege, request.body);
      const { database_name, user_name, permission } = asked;
      await this.inServer(request, async (client) => {
        if (!(await has(listDatabases(client), database_name))) {
          throw notFound("database", database_name);
        }
        if (!(await has(listUsers(client), user_name))) throw notFound("user", user_name);
      });
      await this.inServer(
        request,
        (client) => grant(client, database_name, user_name, permission),
        database_name,
      );
      this.model.privileges.put({
        id: privilegeId(request, database_name, user_name),
        permission,
      });
      return asked;
    });
  }

  private async permission(
    request: FastifyRequest,
    database: string,
    user: string,
  ): Promise<Permission> {
    const granted = this.model.privileges.find(privilegeId(request, database, user));
    return this.inServer(
      request,
      (client) => permissionOf(client, user, granted?.permission ?? "none"),
      database,
    );
  }

  private forgetPrivileges(request: FastifyRequest, concerns: (parts: string[]) => boolean): void {
    const id = instanceOf(request);
    const privileges = this.model.privileges.list((known) => {
      const [instance, ...parts] = known.id.split("/");
      return instance === id && concerns(parts);
    });
    for (const known of privileges) this.model.privileges.remove(known.id);
  }

  private async inServer<T>(
    request: FastifyRequest,
    work: (client: Client) => Promise<T>,
    database = "postgres",
  ): Promise<T> {
    const { id, status } = regionalRecord(this.model.databaseInstances, request);
    if (status === "error") throw new ApiError(400, { message: "the instance is in error" });
    if (status !== "ready") throw transientState("instance", id, status);
    try {
      return await this.access.as(id, database, work);
    } catch (error) {
      if (error instanceof Error && /tuple concurrently updated/.test(error.message)) {
        throw new ApiError(409, { message: "Tuple concurrently updated" });
      }
      throw error;
    }
  }
}

function privilegeId(request: FastifyRequest, database: string, user: string): string {
  return `${instanceOf(request)}/${database}/${user}`;
}

const instanceOf = (request: FastifyRequest) => (request.params as { id: string }).id;

async function has(list: Promise<{ name: string }[]>, name: string): Promise<boolean> {
  return (await list).some((item) => item.name === name);
}
