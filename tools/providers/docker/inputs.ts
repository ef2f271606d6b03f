import { z } from "zod";

const text = z.string().optional();

/** The inputs of `docker.Image`. */
export const imageInputs = z.strictObject({
  build: z
    .strictObject({
      addHosts: z.array(z.string()).optional(),
      args: z.record(z.string(), z.string()).optional(),
      builderVersion: z.enum(["BuilderV1", "BuilderBuildKit"]).optional(),
      cacheFrom: z.strictObject({ images: z.array(z.string()).optional() }).optional(),
      context: text,
      dockerfile: text,
      network: text,
      platform: text,
      target: text,
    })
    .optional(),
  buildOnPreview: z.boolean().optional(),
  imageName: text,
  registry: z.strictObject({ password: text, server: text, username: text }).optional(),
  skipPush: z.boolean().optional(),
});

type Given = z.infer<typeof imageInputs>;

/** How an image is built, once the check has put in the defaults. */
export type Build = Required<
  Pick<NonNullable<Given["build"]>, "context" | "dockerfile" | "platform">
> &
  NonNullable<Given["build"]>;

/** The inputs once they are all known. */
export type ImageInputs = Given & { imageName: string; build: Build };
