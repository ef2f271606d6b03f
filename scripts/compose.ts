import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Document, Pair, parseDocument, Scalar, YAMLMap } from "yaml";
import { EnvironmentSettings } from "../components/checks/schema";
import { checkStackConfig } from "../components/checks/stackConfig";
import { stackConfig } from "./check";
import { developmentVariables, differences } from "./development";

const file = join(__dirname, "..", "docker-compose.yml");

/** docker-compose.yml with the variables that follow from the settings of preprod; all else in it is written by hand. */
export function generated(): string {
  const { settings, mistakes } = checkStackConfig(stackConfig("preprod"), "preprod");
  if (settings === undefined) throw new Error(mistakes);
  const document = parseDocument(readFileSync(file, "utf8"));
  for (const { path, variables } of blocks(settings)) write(document, path, variables);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** Variables of docker-compose.yml, and where in it they are. */
interface Block {
  readonly path: string[];
  readonly variables: Record<string, string>;
}

/** What both containers have is written once. */
function blocks(settings: EnvironmentSettings): Block[] {
  const webserver = developmentVariables("webserver", settings);
  const scheduler = developmentVariables("scheduler", settings);
  const isShared = (name: string) => name in webserver && webserver[name] === scheduler[name];
  const ofRole = (role: string, variables: Record<string, string>): Block => ({
    path: ["services", role, "environment"],
    variables: select(variables, (name) => !isShared(name)),
  });
  return [
    { path: ["x-variables"], variables: select(webserver, isShared) },
    ofRole("webserver", webserver),
    ofRole("scheduler", scheduler),
  ];
}

function select(variables: Block["variables"], isWanted: (name: string) => boolean) {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => isWanted(name)));
}

/** Puts variables in the place of those that are there; what is merged into them stays. */
function write(document: Document, path: Block["path"], variables: Block["variables"]): void {
  const map = document.getIn(path) as YAMLMap<Scalar, Scalar>;
  const merged = map.items.filter(({ key }) => key.value === "<<");
  map.items = [...merged, ...Object.entries(variables).map(([name, value]) => line(name, value))];
}

function line(name: string, value: string): Pair<Scalar, Scalar> {
  const written = new Scalar(value);
  const reason = differences[name];
  if (reason !== undefined) written.comment = ` not as in preprod: ${reason}`;
  return new Pair(new Scalar(name), written);
}

if (require.main === module) writeFileSync(file, generated());
