import { isDeepStrictEqual } from "node:util";
import { knownOnly } from "../inputs";
import { Properties, ResourceType } from "../server";

/** A change of any input gives a new random value; `complete` adds the defaults, so that stating one is no change. */
export function replacedBy(complete: (inputs: Properties) => Properties): ResourceType["diff"] {
  return (olds, news) => {
    const [before, after] = [complete(olds), complete(news)];
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    const changed = names.filter(
      (name) => !isDeepStrictEqual(comparable(before[name]), comparable(after[name])),
    );
    return { changed, replace: true };
  };
}

/** Keepers without a value do not count. */
function comparable(value: unknown): unknown {
  const isEmptyMap =
    typeof value === "object" && value !== null && Object.keys(knownOnly(value)).length === 0;
  return isEmptyMap ? undefined : value;
}
