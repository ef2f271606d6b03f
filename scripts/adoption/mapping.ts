import { closest } from "../../components/checks/problem";
import { allowListProblems } from "../../components/checks/rules/database";
import type { ResourceNames } from "../../components/names";
import { Found, Refused, uuidOf } from "./found";
import { PlaceName, placeNames, places, Place } from "./places";
import { Refusal, refusal } from "../refusal";

/** What takes which place. */
export type Mapping = Readonly<Partial<Record<PlaceName, Found>>>;

/** What decides where a place has more than one candidate. */
export interface Wishes {
  /** The names that the program gives. */
  readonly names: ResourceNames;
  /** What the user named, by place: a name, an id or an address. */
  readonly map: Readonly<Record<string, string>>;
  /** Airflow's user and database, as its own connection names them. */
  readonly connection?: { readonly userName: string; readonly databaseName: string };
  /** Places of what the settings say is used as it is. */
  readonly without?: readonly PlaceName[];
  /** The project that everything has to be in, if known. */
  readonly project?: string;
}

/** Finds what takes each place. @throws `Refused` with everything that stands in the way. */
export function mapPlaces(found: readonly Found[], wishes: Wishes): Mapping {
  const problems = unknownPlaces(wishes.map);
  const mapping: Partial<Record<PlaceName, Found>> = {};
  for (const name of placeNames) {
    const outer = OUTER[name];
    if (wishes.without?.includes(name) || (outer && !mapping[outer])) continue;
    const outcome = taker(name, candidates(name, found, mapping), wishes);
    if (typeof outcome === "string") problems.push(outcome);
    else if (outcome !== undefined) mapping[name] = outcome;
  }
  problems.push(...foreign(mapping, wishes.project));
  if (problems.length > 0) throw new Refused(problems);
  return mapping;
}

/** The place in which another is. */
const OUTER: Partial<Record<PlaceName, PlaceName>> = {
  webserver: "namespace",
  scheduler: "namespace",
  dagProcessor: "namespace",
  database: "instance",
  user: "instance",
  privilege: "instance",
  allowList: "instance",
  bucketAcl: "bucket",
};

/** What of a kind may take a place, given what has taken others. */
function candidates(name: PlaceName, found: readonly Found[], mapping: Mapping): Found[] {
  const { namespace, instance, database, user, bucket, scheduler } = mapping;
  const all = found.filter(({ kind }) => kind === places[name].kind);
  const within = (outer?: Found) =>
    all.filter(({ inside }) => outer !== undefined && inside === outer.id);
  switch (places[name].kind) {
    case "container":
      return within(namespace);
    case "user":
      return within(instance).filter(({ name }) => name !== instance?.user);
    case "database":
      return within(instance);
    case "allowList":
      return within(instance).filter(({ ranges }) => allowListProblems([], ranges).length === 0);
    case "privilege":
      return within(instance).filter(
        (each) => each.database === database?.name && each.user === (user ?? instance)?.user,
      );
    case "bucketAcl":
      return within(bucket);
    case "registry":
      return all.filter(({ name }) => isOnlyFor(scheduler, name, found, namespace));
    case "network": {
      const joined = [scheduler, instance].flatMap((each) => each?.networks ?? []).map(uuidOf);
      return all.filter(({ id }) => joined.includes(uuidOf(id)));
    }
    default:
      return all;
  }
}

/** Whether a registry has a container's image, and no other namespace has images from there. */
function isOnlyFor(
  container: Found | undefined,
  registry: string,
  found: readonly Found[],
  namespace: Found | undefined,
): boolean {
  const isFrom = (each: Found | undefined) => registryOf(each)?.endsWith(`/${registry}`) === true;
  const others = found.filter(({ inside }) => inside !== undefined && inside !== namespace?.id);
  return isFrom(container) && !others.some(isFrom);
}

/** Where a container's image comes from: a registry's address and the namespace. */
export function registryOf(container: Found | undefined): string | undefined {
  const [host, namespace, ...rest] = container?.image?.split("/") ?? [];
  return rest.length === 0 ? undefined : `${host}/${namespace}`;
}

/** What takes the place, or why nothing can; undefined where nothing has to. */
function taker(name: PlaceName, all: Found[], wishes: Wishes): Found | Refusal | undefined {
  const wanted = wishes.map[name];
  if (wanted !== undefined)
    return all.find((each) => answersTo(each, wanted)) ?? unmatched(name, wanted, all);
  const place: Place = places[name];
  const expected = expectedName(name, wishes);
  const exact = all.filter((each) => each.name === expected);
  if (exact.length === 1) return exact[0];
  // A container is known by its name alone: each role is another program.
  if (all.length === 1 && place.kind !== "container" && !mustBe(name, wishes)) return all[0];
  if (all.length <= 1 && !place.required) return undefined;
  if (place.kind === "container" && !place.required) return undefined;
  return undecided(name, expected, all);
}

function expectedName(name: PlaceName, { names, connection }: Wishes): string | undefined {
  const place: Place = places[name];
  if (place.named) return names[place.named];
  return { database: connection?.databaseName, user: connection?.userName }[name as string];
}

/** What Airflow's own connection names can be nothing else. */
const mustBe = (name: PlaceName, { connection }: Wishes) =>
  connection !== undefined && (name === "database" || name === "user");

const answersTo = ({ name, id, address }: Found, wanted: string) =>
  [name, id, uuidOf(id), address].includes(wanted);

function unmatched(name: PlaceName, wanted: string, all: Found[]): Refusal {
  const known = all.flatMap((each) => [each.name, each.address]);
  const meant = closest(wanted, known);
  return refusal`${wanted} is no ${places[name].what}${meant ? `; did you mean --map ${name}=${meant}?` : ""} ${listed(all)}`;
}

function undecided(name: PlaceName, expected: string | undefined, all: Found[]): Refusal {
  const { what } = places[name];
  if (all.length === 0) {
    const advice = MISSING[name];
    return advice ? refusal`There is no ${what}. ${advice}` : refusal`There is no ${what}.`;
  }
  const called = all.map((each) => each.name);
  const meant = closest(expected ?? "", called) ?? called[0]!;
  return expected === undefined
    ? refusal`There are ${all.length} for the ${what}. ${listed(all)} Say which it is: --map ${name}=${meant}`
    : refusal`No ${what} is called ${expected}. ${listed(all)} Say which it is: --map ${name}=${meant}`;
}

const MISSING: Partial<Record<PlaceName, string>> = {
  webserver: "Look whether the namespace is the right one: --map namespace=<name>",
  scheduler: "Look whether the namespace is the right one: --map namespace=<name>",
  instance:
    "A database elsewhere is used as it is, with airflow:existing.database (docs/adopt.md).",
  database: "Look whether the instance is the right one: --map instance=<name>",
  bucket: "A bucket elsewhere is used as it is, with airflow:logs.existingBucket (docs/logs.md).",
};

const listed = (all: Found[]) =>
  all.length === 0
    ? "There is none."
    : `There ${all.length === 1 ? "is" : "are"}: ${all.map(({ name, address }) => `${name} (${address})`).join(", ")}.`;

function unknownPlaces(map: Wishes["map"]): Refusal[] {
  return Object.keys(map)
    .filter((name) => !Object.hasOwn(places, name))
    .map(
      (name) => refusal`--map ${name}: there is no such place; known are ${placeNames.join(", ")}`,
    );
}

/** What belongs to another project than the one that the key works in. */
function foreign(mapping: Mapping, project: string | undefined): Refusal[] {
  const home = project ?? mapping.namespace?.project;
  return Object.entries(mapping)
    .filter(([, { project: own }]) => own !== undefined && home !== undefined && own !== home)
    .map(([name, each]) => elsewhere(name as PlaceName, each, home!));
}

function elsewhere(name: PlaceName, { name: called, project }: Found, home: string): Refusal {
  const advice =
    name === "bucket"
      ? "Use it as it is, with a key of its project: airflow:logs.existingBucket (docs/logs.md)."
      : "Give the key and the project of the whole environment: SCW_ACCESS_KEY, SCW_SECRET_KEY, SCW_DEFAULT_PROJECT_ID.";
  return refusal`The ${places[name].what} ${called} belongs to the project ${project}, the environment to ${home}. ${advice}`;
}
