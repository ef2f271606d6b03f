import type { Registered } from "../../test/mocks";

/** A component with the resources in it, or a resource that is in none but the environment. */
export interface Box {
  readonly name: string;
  readonly resources: readonly Registered[];
}

/** Every resource in its box, but the stack's mark: it is in each tag, and would only draw lines. */
export function boxes(registered: readonly Registered[]): Box[] {
  const environment = registered.find(({ parent }) => parent === undefined)!;
  return registered
    .filter(({ parent, name }) => parent === environment.name && !name.endsWith("-owner"))
    .map((box) => {
      const inside = registered.filter(({ parent }) => parent === box.name);
      return { name: box.name, resources: inside.length > 0 ? inside : [box] };
    });
}

/** What each box needs, without what is needed by way of another box already. */
export function needs(drawn: readonly Box[]): [Box, Box][] {
  const direct = new Map(drawn.map((box) => [box, neededBy(box, drawn)]));
  const all = (box: Box): Box[] => direct.get(box)!.flatMap((needed) => [needed, ...all(needed)]);
  return drawn.flatMap((box) => {
    const needed = direct.get(box)!;
    const indirect = new Set(needed.flatMap(all));
    return needed.filter((each) => !indirect.has(each)).map((each): [Box, Box] => [box, each]);
  });
}

function neededBy(box: Box, drawn: readonly Box[]): Box[] {
  const names = new Set(box.resources.flatMap(({ dependencies }) => dependencies));
  const isNeeded = (other: Box) => other.resources.some(({ name }) => names.has(name));
  return drawn.filter((other) => other !== box && isNeeded(other));
}
