import type { Input } from "@pulumi/pulumi";
import { z } from "zod";
import { text } from "./values";

/** A reference, or in a program the output that becomes one. */
const imageReference = z
  .unknown()
  .transform((value: unknown) => value as Input<string> | undefined)
  .optional();

export const images = z
  .strictObject(
    {
      fromStack: text
        .optional()
        .describe("Stack of this project whose images are deployed, as they are: preprod"),
      webserver: imageReference.describe("The webserver's image, by reference with digest"),
      scheduler: imageReference.describe(
        "The image of the scheduler and of the dag-processor, by reference with digest",
      ),
    },
    { error: "is not a list of images" },
  )
  .describe(
    "Images that exist already, to deploy instead of building; one that is named here wins",
  );
