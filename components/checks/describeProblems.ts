import { Problem } from "./problem";

/** One line for each problem, and one for what to type instead, under the name that `nameOf` gives to its path. */
export function describeProblems(
  problems: readonly Problem[],
  nameOf: (path: Problem["path"]) => string,
): string {
  return problems
    .flatMap((problem) => [
      `  ${nameOf(problem.path)}: ${problem.message}`,
      ...instead(problem, nameOf).map((fix) => `    type instead: ${fix}`),
    ])
    .join("\n");
}

function instead(
  { path, rule, fix }: Problem,
  nameOf: (path: Problem["path"]) => string,
): string[] {
  if (fix === undefined) return [];
  return [rule === "unknown-key" ? nameOf([...path.slice(0, -1), fix]) : fix];
}

/** `scheduler.memory`, `names["odd key"]`: a path as Pulumi writes it. */
export function propertyPath(path: Problem["path"]): string {
  return path
    .map((key, index) => {
      if (typeof key === "number") return `[${key}]`;
      if (!/^[\w-]+$/.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join("");
}
