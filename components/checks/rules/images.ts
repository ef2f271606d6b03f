import { checkPinned, checkReference } from "./limits/images";
import { problems, Rule } from "./rule";

/** The image to build on says which version it means. */
const content: Rule = {
  id: "C5",
  check: ({ baseImage }) => [
    ...problems(content.id, ["baseImage"], [checkReference(baseImage)]),
    ...problems(content.id, ["baseImage"], [checkPinned(baseImage)], "warning"),
  ],
};

/** What the settings say about images. */
export const imageRules: readonly Rule[] = [content];
