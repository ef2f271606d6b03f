import { Mapping } from "./mapping";
import { components, PlaceName, placeNames, places } from "./places";

interface Sdk {
  readonly version: string;
}

/** The provider as the program asks for it: another version would be another default provider. */
function provider(): { version: string; pluginDownloadUrl: string } {
  const { version } = require("@pulumiverse/scaleway/package.json") as Sdk; // eslint-disable-line @typescript-eslint/no-require-imports
  return { version, pluginDownloadUrl: "github://api.github.com/pulumiverse" };
}

/** What `pulumi import --file` takes: the resources that take places, and the components around them. */
export function importList(mapping: Mapping): (object & { name: string })[] {
  const taken = placeNames.filter((name) => mapping[name] !== undefined);
  const around = components.filter(({ name }) =>
    taken.some((place) => places[place].parent === name || name === "airflow"),
  );
  return [
    ...around.map((component) => ({ ...component, component: true })),
    ...taken.map((name) => resourceAt(name, mapping[name]!.id)),
  ];
}

function resourceAt(name: PlaceName, id: string) {
  const { type, logicalName, parent } = places[name];
  return { type, name: logicalName, id, parent, ...provider() };
}
