import { randomBytes as generate } from "node:crypto";
import { z } from "zod";
import { inputFailures } from "../inputs";
import { ResourceType, secret } from "../server";
import { replacedBy } from "./replacedBy";

const schema = z.strictObject({
  keepers: z.record(z.string(), z.string()).optional(),
  length: z.int().min(1).optional(),
});

/**
 * Random bytes, as base64 and in hexadecimal. As in the official provider, the resource's id is the value itself, and
 * no id is ever secret: not for what the state must not show.
 */
export const randomBytes: ResourceType = {
  check: (inputs) => ({ inputs, failures: inputFailures(schema, ["length"], inputs) }),
  diff: replacedBy((inputs) => inputs),
  create: async (inputs, { preview }) => {
    if (preview) return { id: "", outputs: inputs };
    const bytes = generate(inputs.length as number);
    const base64 = bytes.toString("base64");
    const outputs = { ...inputs, base64: secret(base64), hex: secret(bytes.toString("hex")) };
    return { id: base64, outputs };
  },
};
