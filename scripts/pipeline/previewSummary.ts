import { z } from "zod";

const name = z.string().max(300);

/**
 * What a preview comes to, for who reviews a pull request: no value of it is secret. It may come from the code of
 * anybody's pull request, so all of it is limited.
 */
export const previewSummary = z.strictObject({
  stack: name,
  /** Whether it is compared with what is deployed; else with nothing. */
  comparedWithDeployed: z.boolean(),
  changes: z
    .array(
      z.strictObject({
        action: z.enum(["replaced", "deleted", "updated", "created"]),
        /** Pulumi's type of the resource. */
        type: name,
        name,
        /** What differs, with values where they are nobody's secret. */
        differences: z.array(name).max(100),
      }),
    )
    .max(500),
  /** Euros a month more than before; undefined where a price is not known. */
  costDifference: z.number().optional(),
  /** Why there is no preview, if there is none. */
  failure: z.string().max(20_000).optional(),
});

/** What a preview comes to. */
export type PreviewSummary = z.infer<typeof previewSummary>;

/** What happens to one resource. */
export type Change = PreviewSummary["changes"][number];
