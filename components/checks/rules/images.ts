import { Problem } from "../problem";
import { EnvironmentSettings } from "../schema";
import { isUnknown } from "../unknown";
import { checkDeployable, checkOlder, checkPinned, checkReference } from "./limits/images";
import { problems, Rule } from "./rule";

/** The image to build on says which version it means, and one to deploy is named by its content. */
const content: Rule = {
  id: "C5",
  check: ({ baseImage, images }) => [
    ...(["webserver", "scheduler"] as const).flatMap((role) => deployable(role, images)),
    ...problems(content.id, ["baseImage"], [checkReference(baseImage)]),
    ...problems(content.id, ["baseImage"], [checkPinned(baseImage)], "warning"),
  ],
};

function deployable(
  role: "webserver" | "scheduler",
  images: EnvironmentSettings["images"],
): Problem[] {
  const image: unknown = images[role];
  if (image === undefined || isUnknown(image)) return [];
  return problems(content.id, ["images", role], [checkDeployable(String(image))]);
}

/** Images are promoted from another stack. */
const promotion: Rule = {
  id: "R1",
  check: ({ images: { fromStack } }, environment) => {
    if (fromStack === undefined) return [];
    const path = ["images", "fromStack"];
    if (!/^([\w.-]+\/){0,2}[\w.-]+$/.test(fromStack)) {
      const message = `${JSON.stringify(fromStack)} is not the name of a stack; allowed: a name such as preprod, or organization/airflow/preprod`;
      return problems(promotion.id, path, [{ message, fix: "preprod" }]);
    }
    if (fromStack.split("/").at(-1) !== environment) return [];
    const message =
      "is this stack itself, whose images would stay as they are; leave it out to have them built";
    return problems(promotion.id, path, [{ message }]);
  },
};

/** The database goes back to what an older version than that of the images knows, and not without a backup. */
const downgrade: Rule = {
  id: "R6",
  check: ({ downgrade: written, baseImage, images }) => {
    if (written === undefined) return [];
    const { airflow, fab, backup } = written;
    const built = images.webserver === undefined && images.fromStack === undefined;
    return [
      ...problems(
        downgrade.id,
        ["downgrade", "airflow"],
        [
          airflow === undefined && fab === undefined ? NO_VERSION : undefined,
          airflow !== undefined && built
            ? checkOlder(airflow, baseImage, fab !== undefined)
            : undefined,
        ],
      ),
      ...problems(downgrade.id, ["downgrade", "backup"], [backup ? undefined : NO_BACKUP]),
    ];
  },
};

const NO_VERSION = { message: "is missing: the version whose schema the database gets" };
const NO_BACKUP = {
  message:
    "is missing; allowed: the id that `npm run backup` prints, or none to do without; `npm run back` makes one and sets it",
};

/** What the settings say about images. */
export const imageRules: readonly Rule[] = [content, promotion, downgrade];
