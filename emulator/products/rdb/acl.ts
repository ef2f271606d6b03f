import { z } from "zod";
import type { FastifyInstance } from "fastify";
import type { Model } from "../../model";
import type { DatabaseInstance } from "../../records";
import { parseBody } from "../../api/body";
import { regionalRecord } from "../../api/regions";

const path = "/rdb/v1/regions/:region/instances/:id/acls";
const rules = z.object({
  rules: z.array(z.object({ ip: z.string(), description: z.string().default("") })),
});

/** Which addresses may connect to an instance. */
export function aclRoutes(model: Model, apply: (instance: DatabaseInstance) => Promise<void>) {
  const wire = ({ acl }: DatabaseInstance) =>
    acl.map((rule) => ({
      ...rule,
      protocol: "tcp",
      direction: "inbound",
      action: "allow",
      port: null,
    }));
  const replace = async (instance: DatabaseInstance, acl: DatabaseInstance["acl"]) => {
    const changed = model.databaseInstances.change(instance.id, { acl });
    await apply(changed);
    return { rules: wire(changed) };
  };

  return (app: FastifyInstance): void => {
    app.get(path, async (request) => {
      const all = wire(regionalRecord(model.databaseInstances, request));
      return { rules: all, total_count: all.length };
    });
    app.put(path, async (request) =>
      replace(
        regionalRecord(model.databaseInstances, request),
        parseBody(rules, request.body).rules,
      ),
    );
    app.delete(path, async (request) => {
      const instance = regionalRecord(model.databaseInstances, request);
      const schema = z.object({ acl_rule_ips: z.array(z.string()) });
      const { acl_rule_ips: gone } = parseBody(schema, request.body);
      return replace(
        instance,
        instance.acl.filter(({ ip }) => !gone.includes(ip)),
      );
    });
  };
}
